import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { OutsideProject } from './outside-project.ts'
import { runCommand } from './run-command.ts'

export interface BundleTests {
  /** Has the package, esbuild and Jest. */
  project(): OutsideProject
  node(): string
  /** Addresses of the servers. */
  env: Record<string, string>
}

/** What a bundle of Node.js as an ES module needs for the CommonJS modules in it, BullMQ's own among them. */
const banner = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);"

/** Registers the tests of what takes the package apart: bundlers, and Jest with its own module loader. */
export function testBundles({ project, node, env }: BundleTests): void {
  for (const { format, flags } of [
    { format: 'esm', flags: [`--banner:js=${banner}`] },
    { format: 'cjs', flags: [] },
  ]) {
    test(`a bundle made by esbuild (${format}) runs a job where nothing is installed`, async () => {
      const source = format === 'esm' ? 'run-one-job.mjs' : 'run-one-job.cjs'
      await project().add(source)
      const folder = join(project().folder, '..', `bundle-${format}`)
      await mkdir(folder)
      const outfile = join(folder, source)
      const args = [source, '--bundle', '--platform=node', `--format=${format}`, `--outfile=${outfile}`]
      await project().run('npx', ['--no-install', 'esbuild', ...args, ...flags, '--log-level=error'], {
        node: node(),
      })
      assert.equal(await runCommand(node(), [outfile], { cwd: folder, node: node(), env }), '{"to":"ada"}\n')
    })
  }

  for (const { file, flags, how } of [
    { file: 'queue.test.cjs', flags: [], how: 'as it is (CommonJS)' },
    { file: 'queue.test.mjs', flags: ['--experimental-vm-modules'], how: 'with ES modules' },
  ]) {
    test(`Jest ${how} runs a job`, async () => {
      await project().add(file)
      const jest = ['node_modules/jest/bin/jest.js', '--testMatch', `**/${file}`, '--ci']
      await project().run(node(), [...flags, ...jest], { node: node() })
    })
  }
}
