import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { LocalServerError } from '@jackalope/local-servers/stopping'
import { CliError, UsageError } from './cli-error.ts'
import { aliases, commands } from './commands.ts'
import { Interrupted, listenForInterruption } from './interruption.ts'
import type { Output } from './progress-bar.ts'
import { type Project, projectAt } from './project.ts'
import { createTerminal } from './terminal.ts'

export interface Invocation {
  env: Record<string, string | undefined>
  cwd: string
  stdin: Readable & { isTTY?: boolean }
  stdout: Output
  stderr: Output
}

/** Runs `./jackalope ARGS...`; gives the exit code: 0 done, 1 failed, 2 wrong call, 128 + n ended by signal n. Every
 *  error is one message on stderr. */
export async function runCommandLine(args: string[], invocation: Invocation): Promise<number> {
  const { env, cwd, stderr } = invocation
  const [given = 'help', ...rest] = args
  const project = projectAt()
  const interruption = listenForInterruption()
  try {
    const load = commands[aliases[given] ?? given]
    if (!load) throw new UsageError(`unknown command "${given}"; ./jackalope help lists the commands`)
    const command = await load()
    const terminal = createTerminal(invocation)
    return await command.run(rest, { project, terminal, env, cwd, signal: interruption.signal })
  } catch (error) {
    if (interruption.signal.aborted) {
      const { signal, exitCode } = interruption.signal.reason as Interrupted
      stderr.write(`jackalope: ended by ${signal}\n`)
      return exitCode
    }
    stderr.write(`jackalope: ${await explain(error, project)}\n`)
    return error instanceof CliError ? error.exitCode : 1
  } finally {
    interruption.stop()
  }
}

async function explain(error: unknown, project: Project): Promise<string> {
  if (error instanceof CliError || error instanceof LocalServerError || error instanceof Interrupted)
    return error.message
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  const file = join(project.logs, 'unexpected-errors.log')
  await mkdir(project.logs, { recursive: true })
  await appendFile(file, `${new Date().toISOString()} ${stack}\n`)
  return `unexpected error: ${message} (more in ${file})`
}
