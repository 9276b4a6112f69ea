import { type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { boundToThisProcess } from '@jackalope/local-servers'
import type { CommandContext } from './command.ts'

export interface ScriptOptions {
  stdio: StdioOptions
  /** In a group of its own, which Ctrl-C does not reach: it is told once. @default false */
  detached?: boolean
}

/** Runs a program of this project by Node.js, where and with what `./jackalope` was called; resolves with its exit code.
 *  It is told to end when the command is, and ends with this process however that ends.
 *  @param main - its file, below the project's folder */
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
