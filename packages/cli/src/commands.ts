import type { Command } from './command.ts'

/** Commands of worker-kit's command line, for the queues of the running system. */
const queueCommands = ['queues', 'jobs', 'dead', 'replay', 'purge', 'cancel', 'pause', 'resume']

/** The commands by name. Each loads only its own modules. `down` must load no installed package. */
export const commands: Record<string, () => Promise<Command>> = {
  demo: async () => (await import('./commands/demo.ts')).demo,
  up: async () => (await import('./commands/up.ts')).up,
  down: async () => (await import('./commands/down.ts')).down,
  test: async () => (await import('./commands/test.ts')).test,
  bench: async () => (await import('./commands/bench.ts')).bench,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  ...Object.fromEntries(
    queueCommands.map(name => [
      name,
      async () => (await import('./commands/queue-command.ts')).queueCommand(name),
    ]),
  ),
  admin: async () => (await import('./commands/admin.ts')).admin,
  help: async () => (await import('./commands/help.ts')).help,
  version: async () => (await import('./commands/version.ts')).version,
}

/** Other names of commands. */
export const aliases: Record<string, string> = { '--help': 'help', '-h': 'help', '--version': 'version' }
