import { type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { boundToThisProcess } from '@jackalope/local-servers'
import type { CommandContext } from './command.ts'

export interface ScriptOptions {
  stdio: StdioOptions
  /** Whether it has its own process group, which a Ctrl-C does not reach: it gets one signal only. @default false */
  detached?: boolean
}

/** Runs a program of this project by Node.js, with the folder and environment of `./jackalope`; resolves with its exit
 *  code. It gets SIGTERM when the command is aborted, and when this process ends.
 *  @param main - its file, relative to the project's folder */
export async function runScript(
  main: string,
  args: string[],
  { project, cwd, env, signal }: CommandContext,
  { stdio, detached = false }: ScriptOptions,
): Promise<number> {
  signal.throwIfAborted()
  const command = boundToThisProcess(process.execPath, [join(project.root, main), ...args])
  const child = spawn(...command, { cwd, env, stdio, detached })
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
