import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import type { Readable } from 'node:stream'
import type { Command } from './command.ts'
import { cancel } from './commands/cancel.ts'
import { dead } from './commands/dead.ts'
import { jobs } from './commands/jobs.ts'
import { pause, resume } from './commands/pause.ts'
import { purge } from './commands/purge.ts'
import { queues } from './commands/queues.ts'
import { replay } from './commands/replay.ts'
import { openConnections } from './connections.ts'
import { type CommandLine, parseCommandLine } from './parse-command-line.ts'
import { readAddresses } from './read-addresses.ts'
import { type CommandResult, resultAsJson } from './result.ts'
import { showText } from './table.ts'
import { UsageError } from './usage-error.ts'

const commands: Record<string, Command> = { queues, jobs, cancel, dead, replay, purge, pause, resume }

export interface Invocation {
  env: Record<string, string | undefined>
  stdin: Readable & { isTTY?: boolean }
  stdout: NodeJS.WritableStream & { isTTY?: boolean; columns?: number }
  stderr: NodeJS.WritableStream
}

/** Runs `worker-kit ARGS...` and gives the exit code: 0 done, 1 failed or done in part, 2 called wrongly. */
export async function runCommandLine(args: string[], invocation: Invocation): Promise<number> {
  const { stdout, stderr } = invocation
  const wantsJson = args.includes('--json')
  try {
    const line = parseCommandLine(args, commands)
    if (line.command === 'help' || line.command === 'version') {
      stdout.write(line.command === 'help' ? readText('./help.txt') : `${readVersion()}\n`)
      return 0
    }
    const result = await run(line, invocation)
    stdout.write(`${wantsJson ? resultAsJson(line.command, line.operands[0], result) : result.text}\n`)
    if (!result.error) return 0
    if (!wantsJson) stderr.write(`worker-kit: ${showText(result.error.message)}\n`)
    return 1
  } catch (error) {
    const { message, code = 'ERR_UNEXPECTED' } = error as Error & { code?: unknown }
    if (wantsJson) stdout.write(`${JSON.stringify({ error: { code, message } }, undefined, 2)}\n`)
    else stderr.write(`worker-kit: ${showText(message)}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

function readText(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8')
}

/** Of this package. */
function readVersion(): string {
  return JSON.parse(readText('../../package.json')).version
}

async function run(line: CommandLine, invocation: Invocation): Promise<CommandResult> {
  const { stdin, stdout } = invocation
  const connections = await openConnections(readAddresses(line, invocation.env))
  try {
    const [queueName = '', ...ids] = line.operands
    return await (commands[line.command] as Command).run({
      connections,
      queueName,
      ids,
      options: line.options,
      width: stdout.isTTY ? (stdout.columns ?? 80) : Number.POSITIVE_INFINITY,
      async confirm(question) {
        if (!stdin.isTTY || !stdout.isTTY) return undefined
        const dialogue = createInterface({ input: stdin, output: stdout })
        const answer = await dialogue.question(`${question} [y/N] `).finally(() => dialogue.close())
        return /^y(es)?$/i.test(answer.trim())
      },
    })
  } finally {
    await connections.close()
  }
}
