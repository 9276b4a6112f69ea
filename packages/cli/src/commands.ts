import type { Command } from './command.ts'

/** The commands by name. Loaded when called, so that one does not wait for the modules of another. */
export const commands: Record<string, () => Promise<Command>> = {
  demo: async () => (await import('./commands/demo.ts')).demo,
  up: async () => (await import('./commands/up.ts')).up,
  down: async () => (await import('./commands/down.ts')).down,
  test: async () => (await import('./commands/test.ts')).test,
  bench: async () => (await import('./commands/bench.ts')).bench,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  help: async () => (await import('./commands/help.ts')).help,
  version: async () => (await import('./commands/version.ts')).version,
}

/** Other ways to write a command. */
export const aliases: Record<string, string> = { '--help': 'help', '-h': 'help', '--version': 'version' }
