import assert from 'node:assert/strict'
import { access, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { isServerRunning, startRedis } from '@jackalope/local-servers'
import {
  type Outcome,
  onEnd,
  type RunOptions,
  runToEnd,
  temporaryFolder,
} from '@jackalope/local-servers/testing'
import { commands } from '../src/commands.ts'
import { projectAt } from '../src/project.ts'
import { copyProject } from './support/project-copy.ts'

const standardPath = '/usr/local/bin:/usr/bin:/bin'

function run(file: string, args: string[], options: RunOptions = {}): Promise<Outcome> {
  return runToEnd('/bin/sh', [file, ...args], { cwd: '/', ...options })
}

/** A clone on a machine without Node.js and npm: PATH has only standard tools. */
async function bareClone(t: TestContext) {
  const root = await copyProject(t)
  await rm(join(root, '.jackalope/toolchain'))
  const bin = join(await temporaryFolder(t), 'bin')
  await mkdir(bin)
  const tools = [
    'sh',
    'cat',
    'cksum',
    'dirname',
    'uname',
    'mkdir',
    'rm',
    'mv',
    'id',
    'ln',
    'readlink',
    'sed',
    'flock',
  ]
  for (const tool of tools) {
    const found = await Promise.any(
      standardPath.split(':').map(async folder => {
        await readFile(join(folder, tool))
        return join(folder, tool)
      }),
    ).catch(() => undefined)
    if (found) await symlink(found, join(bin, tool))
  }
  return {
    root,
    bin,
    run: (...args: string[]) => run(join(root, 'jackalope'), args, { env: { ...process.env, PATH: bin } }),
  }
}

/** A clone in which nothing can be installed: no packages, a damaged lockfile, no pnpm, no registry. */
async function brokenClone(t: TestContext) {
  const root = await copyProject(t)
  await rm(join(root, 'node_modules'))
  const packages = join(root, 'packages')
  for (const name of await readdir(packages))
    await rm(join(packages, name, 'node_modules'), { recursive: true, force: true })
  await writeFile(join(root, 'pnpm-lock.yaml'), '<<<<<<< ours\n')
  await rm(join(root, '.jackalope/toolchain'))
  const env = { ...process.env, npm_config_registry: 'http://127.0.0.1:9' }
  return { root, run: (...args: string[]) => run(join(root, 'jackalope'), args, { env }) }
}

const jackalope = join(projectAt().root, 'jackalope')

test('runs from any folder and through symbolic links', async t => {
  const dir = await temporaryFolder(t)
  await symlink(jackalope, join(dir, 'direct'))
  await symlink('direct', join(dir, 'indirect'))
  const { exitCode, stdout } = await run(join(dir, 'indirect'), ['version'], { cwd: dir })
  assert.equal(exitCode, 0)
  assert.match(stdout, /^jackalope \d+\.\d+\.\d+ \(Node\.js \d+/)
})

test('runs in a folder with a space in its name', async t => {
  const root = await copyProject(t)
  assert.match(root, / /)
  assert.equal((await run(join(root, 'jackalope'), ['--version'])).exitCode, 0)
})

const wrongCalls: [args: string[], message: string][] = [
  [['fly'], 'jackalope: unknown command "fly"; ./jackalope help lists the commands\n'],
  [['up', 'now'], 'jackalope: up: unexpected argument "now"; see ./jackalope help\n'],
  [['down', '--fast'], 'jackalope: down: unknown option "--fast"; see ./jackalope help\n'],
  [['demo', '/no/such.mp4'], 'jackalope: /no/such.mp4: there is no such file\n'],
  [['demo', '/tmp'], 'jackalope: /tmp: not a file\n'],
  [['test', '/no/such'], 'jackalope: test: there is no test file at or below "/no/such"\n'],
]
for (const [args, message] of wrongCalls)
  test(`answers "${args.join(' ')}" with one line and exit code 2`, async () => {
    assert.deepEqual(await run(jackalope, args), { exitCode: 2, stdout: '', stderr: message })
  })

test('refuses an empty video before anything is set up', async t => {
  const video = join(await temporaryFolder(t), 'empty.mp4')
  await writeFile(video, '')
  const { exitCode, stderr } = await run(jackalope, ['demo', video])
  assert.equal(exitCode, 2)
  assert.equal(stderr, `jackalope: ${video}: the file is empty\n`)
})

test('shows every command in the help', async () => {
  const { stdout } = await run(jackalope, ['--help'])
  for (const name of Object.keys(commands)) assert.match(stdout, new RegExp(`^  \\./jackalope ${name}`, 'm'))
  assert.equal((await run(jackalope, [])).stdout, stdout)
})

test('on a bare machine: shows help and refuses wrong calls without installing anything', async t => {
  const bare = await bareClone(t)
  assert.match((await bare.run('help')).stdout, /\.\/jackalope demo/)
  assert.deepEqual(await bare.run('fly'), {
    exitCode: 2,
    stdout: '',
    stderr: 'jackalope: unknown command "fly"; ./jackalope help lists the commands\n',
  })
  assert.equal(
    (await bare.run('demo', '/no/such.mp4')).stderr,
    'jackalope: /no/such.mp4: there is no such file\n',
  )
  assert.equal((await bare.run('down')).stderr, 'Nothing is running.\n')
})

test('on a bare machine: knows every command', async t => {
  const bare = await bareClone(t)
  for (const name of Object.keys(commands))
    assert.doesNotMatch((await bare.run(name)).stderr, /unknown command/)
})

test('on a bare machine without a way to install: says in one line what is needed', async t => {
  const bare = await bareClone(t)
  const { exitCode, stderr } = await bare.run('up')
  assert.equal(exitCode, 1)
  assert.match(
    stderr,
    /^jackalope: Node\.js >= 22\.18 (with npm )?is needed; install it from \S+ and run this again\n$/,
  )
})

test('says in one line that a download failed, and where to read more', async t => {
  const bare = await bareClone(t)
  await writeFile(
    join(bare.bin, 'npm'),
    '#!/bin/sh\necho "getaddrinfo ENOTFOUND" >&2\n[ "$1" = --version ]\n',
    {
      mode: 0o755,
    },
  )
  const { exitCode, stderr } = await bare.run('up')
  const log = join(bare.root, '.jackalope/logs/setup.log')
  assert.equal(exitCode, 1)
  assert.match(
    stderr,
    /^Installing Node\.js \S+ into \.jackalope\/toolchain\njackalope: npm could not install /,
  )
  assert.ok(stderr.trimEnd().endsWith(`(is the network there?); see ${log}`))
  assert.match(await readFile(log, 'utf8'), /ENOTFOUND/)
})

test('where nothing can be installed: stops what runs and keeps its data, then erases the data', async t => {
  const { root, run } = await brokenClone(t)
  const dir = join(root, '.jackalope/servers/redis')
  const redis = await startRedis({ dir, outlivesParent: true })
  onEnd(t, () => redis.kill())

  const down = await run('down')
  assert.deepEqual([down.exitCode, down.stderr], [0, ''])
  assert.match(down.stdout, /Nothing runs any more; its data are kept/)
  assert.equal(await isServerRunning(dir), false)
  await access(join(dir, 'redis.conf'))

  const erase = await run('down', '--erase')
  assert.deepEqual([erase.exitCode, erase.stderr], [0, ''])
  await assert.rejects(access(dir), { code: 'ENOENT' })
})

test('where nothing can be installed: shows help, versions and a first look, and refuses wrong calls', async t => {
  const { run } = await brokenClone(t)
  assert.match((await run('help')).stdout, /\.\/jackalope demo/)
  assert.match((await run('version')).stdout, /^jackalope \d+\.\d+\.\d+ \(Node\.js \d+/)
  assert.match((await run('doctor')).stdout, /Node\.js v\d+/)
  assert.deepEqual(await run('down', '--fast'), {
    exitCode: 2,
    stdout: '',
    stderr: 'jackalope: down: unknown option "--fast"; see ./jackalope help\n',
  })
})

test('on a bare machine: shows its version without Node.js', async t => {
  const bare = await bareClone(t)
  assert.match((await bare.run('version')).stdout, /^jackalope \d+\.\d+\.\d+ \(Node\.js is missing\)\n$/)
})
