import { BenchArgumentError, parseBenchArguments } from '@jackalope/bench/arguments'
import type { Need } from '@jackalope/local-servers'
import { UsageError } from '../cli-error.ts'
import type { Command } from '../command.ts'
import { runScript } from '../run-script.ts'
import { preparePrograms } from '../system/prepare-programs.ts'
import { createRunFolder } from '../system/run-folder.ts'

export const bench: Command = {
  async run(args, context) {
    const own = args.filter(argument => argument !== '--yes')
    refuseWrong(own)
    // Given servers may serve others: a benchmark must not load them.
    const needs: Need[] = ['AMQP_URL', 'REDIS_URL']
    if (own.includes('conversion')) needs.push('MONGODB_URL', 'ffmpeg')
    await preparePrograms(context, { yes: own.length < args.length, needs })
    const folder = await createRunFolder(context.project.benchRuns)
    try {
      // The benchmark gets one SIGTERM and then stops its servers.
      return await runScript('bench/src/main.ts', [...own, '--dir', folder.servers], context, {
        stdio: ['ignore', 'inherit', 'inherit'],
        detached: true,
      })
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
