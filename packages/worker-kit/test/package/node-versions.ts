import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from './run-command.ts'

/** The oldest Node.js that `engines` in package.json promises, and a current one. */
export const nodeVersions = ['22.12.0', '24.21.0'] as const

const toolchain = join(import.meta.dirname, '../../../../.jackalope/toolchain')

/** Path of a Node.js of that version: the one that runs the test, or one that npm brings once into `.jackalope/toolchain`.
 *  @throws {Error} when npm cannot bring it. */
export async function nodeProgram(version: string): Promise<string> {
  if (process.version === `v${version}`) return process.execPath
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const folder = join(toolchain, `node-${version}`)
  const program = join('node_modules', name, 'bin', 'node')
  if (!existsSync(join(folder, program))) await install(`${name}@${version}`, folder)
  return join(folder, program)
}

async function install(spec: string, folder: string): Promise<void> {
  // Another test may do the same: a folder under its final name is complete.
  const unfinished = `${folder}.${process.pid}`
  await mkdir(unfinished, { recursive: true })
  const args = ['install', '--prefix', unfinished, '--ignore-scripts', '--no-save', '--no-package-lock']
  try {
    await runCommand('npm', [...args, '--no-audit', '--no-fund', spec], { cwd: unfinished })
    await rename(unfinished, folder).catch(error => {
      if (!existsSync(folder)) throw error
    })
  } catch (cause) {
    throw new Error(
      `This test needs the npm package ${spec}, and npm could not install it. Is the network there?`,
      {
        cause,
      },
    )
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}
