import { execFile } from 'node:child_process'
import { delimiter, dirname } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

export interface RunOptions {
  cwd: string
  /** Path of the Node.js that programs find first. @default the one that runs the test */
  node?: string
  env?: Record<string, string>
}

/** Longest run of one command, in milliseconds. */
const TIMEOUT_MS = 180_000

/** Runs a program to its end and gives its standard output.
 *  @throws {Error} with the whole output when the program fails, or takes longer than three minutes. */
export async function runCommand(
  program: string,
  args: readonly string[],
  { cwd, node = process.execPath, env = {} }: RunOptions,
): Promise<string> {
  try {
    const { stdout } = await execute(program, args, {
      cwd,
      env: { ...outsideEnvironment(), ...env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` },
      timeout: TIMEOUT_MS,
      maxBuffer: 64 << 20,
    })
    return stdout
  } catch (cause) {
    const { stdout, stderr, message } = cause as Error & { stdout?: string; stderr?: string }
    throw new Error(`${[program, ...args].join(' ')} failed in ${cwd}\n${stdout ?? ''}${stderr ?? message}`, {
      cause,
    })
  }
}

/** Without what the test runner and the package manager of the workspace tell their children. */
function outsideEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_(?!config_registry)|NODE_(TEST_CONTEXT|OPTIONS|V8_COVERAGE)|INIT_CWD)/i.test(name),
  )
  return Object.fromEntries(inherited)
}
