import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { BenchArgumentError, parseBenchArguments } from '@jackalope/bench/arguments'
import { boundToThisProcess } from '@jackalope/local-servers'
import { UsageError } from '../cli-error.ts'
import type { Command, CommandContext } from '../command.ts'
import { preparePrograms } from '../system/prepare-programs.ts'
import { createRunFolder } from '../system/run-folder.ts'

export const bench: Command = {
  async run(args, context) {
    const own = args.filter(argument => argument !== '--yes')
    refuseWrong(own)
    // Servers that are given belong to others: theirs is not the work of a benchmark.
    await preparePrograms(context, { yes: own.length < args.length, needs: ['AMQP_URL', 'REDIS_URL'] })
    const folder = await createRunFolder(context.project.benchRuns)
    try {
      return await runBench([...own, '--dir', folder.servers], context)
    } finally {
      await folder.remove()
    }
  },
}

function refuseWrong(args: string[]): void {
  try {
    parseBenchArguments(args)
  } catch (error) {
    if (!(error instanceof BenchArgumentError)) throw error
    throw new UsageError(`bench: ${error.message}; see docs/benchmarks.md`)
  }
}

/** In a process and a group of its own, which Ctrl-C does not reach: it is told once, and stops its servers. */
async function runBench(args: string[], { project, cwd, env, signal }: CommandContext): Promise<number> {
  signal.throwIfAborted()
  const main = join(project.root, 'bench/src/main.ts')
  const child = spawn(...boundToThisProcess(process.execPath, [main, ...args]), {
    cwd,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  })
  const end = () => child.kill('SIGTERM')
  signal.addEventListener('abort', end, { once: true })
  try {
    const [exitCode] = await once(child, 'exit')
    signal.throwIfAborted()
    return exitCode ?? 1
  } finally {
    signal.removeEventListener('abort', end)
  }
}
