import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type LocalServer, startServer } from '@jackalope/local-servers'
import { type Outcome, onEnd, runToEnd, temporaryFolder } from '@jackalope/local-servers/testing'
import { inspectDisk } from '../../src/doctor/inspect-folder.ts'
import { copyProject } from '../support/project-copy.ts'

const addresses = ['AMQP_URL', 'REDIS_URL', 'MYSQL_URL', 'MONGODB_URL', 'SMTP_URL']

interface Clone {
  root: string
  /** Folder of programs that precede those of the machine. */
  bin: string
  /** Runs `doctor` with these variables, and with no other server address. */
  examine(env?: Record<string, string>): Promise<Outcome>
  plant(program: string, script: string): Promise<void>
}

async function clone(t: TestContext): Promise<Clone> {
  const root = await copyProject(t)
  const bin = join(await temporaryFolder(t), 'bin')
  await mkdir(bin)
  const { BLOB_STORE, BLOB_DIR, ...inherited } = process.env
  for (const name of addresses) delete inherited[name]
  return {
    root,
    bin,
    examine: (env = {}) =>
      runToEnd(process.execPath, [join(root, 'packages/cli/src/main.ts'), 'doctor'], {
        cwd: '/',
        env: { ...inherited, PATH: `${bin}:${process.env.PATH}`, ...env },
      }),
    plant: (program, script) => writeFile(join(bin, program), `#!/bin/sh\n${script}\n`, { mode: 0o755 }),
  }
}

test('finds nothing wrong where all is well, with version and address of each server, and no password', async t => {
  const { examine } = await clone(t)
  const given = Object.fromEntries(addresses.map(name => [name, process.env[name] ?? '']))
  const { exitCode, stdout, stderr } = await examine(given)
  assert.equal(exitCode, 0, stdout)
  assert.equal(stderr, '')
  assert.match(stdout, /^ {2}ok {7}RabbitMQ \d[\d.]+ at amqp:\/\/[\w.]+:\d+ \(given by AMQP_URL\)$/m)
  assert.match(stdout, /^ {2}ok {7}(Redis|Valkey) \d[\d.]+ at redis:/m)
  assert.match(stdout, /^ {2}ok {7}(MariaDB|MySQL) \d[\w.+-]+ at mysql:/m)
  assert.match(stdout, /^ {2}ok {7}ffmpeg \S+: \/\S+ \(PATH\)$/m)
  assert.match(stdout, /^ {2}ok {7}Node\.js \d+/m)
  assert.match(stdout, /\nNothing is wrong\.\n$/)
  for (const { password } of Object.values(given)
    .filter(Boolean)
    .map(url => new URL(url)))
    if (password) assert.ok(!stdout.includes(password))
})

test('says which given address does not answer, refuses the password, or is none', async t => {
  const { examine } = await clone(t)
  const wrong = new URL(process.env.REDIS_URL ?? '')
  wrong.password = 'a-wrong-password'
  const { exitCode, stdout } = await examine({
    AMQP_URL: 'amqp://me:a-secret@127.0.0.1:9',
    REDIS_URL: wrong.href,
    MYSQL_URL: 'postgres://me:a-secret@host',
  })
  assert.equal(exitCode, 1)
  assert.match(
    stdout,
    /WRONG {4}AMQP_URL: amqp:\/\/127\.0\.0\.1:9 \(given by AMQP_URL\): nobody listens there/,
  )
  assert.match(stdout, /WRONG {4}REDIS_URL: redis:\/\/\S+ \(given by REDIS_URL\): WRONGPASS/)
  assert.match(stdout, /WRONG {4}MYSQL_URL: expected an address such as mysql:\/\/user:password@host:port$/m)
  assert.match(stdout, /\n3 to be mended; they are marked WRONG\.\n$/)
  assert.doesNotMatch(stdout, /a-secret|a-wrong-password|at .*\.ts:/)
})

test('refuses programs that are too old, that cannot write MP3, or that do not run', async t => {
  const { bin, examine, plant } = await clone(t)
  await plant('redis-server', 'echo "Redis server v=5.0.7 sha=00000000:0 malloc=jemalloc-5.1.0 bits=64"')
  await plant(
    'ffmpeg',
    'case "$*" in *encoders*) echo " A..... flac" ;; *) echo "ffmpeg version 7.1" ;; esac',
  )
  await plant('ffprobe', 'exit 127')
  const { exitCode, stdout } = await examine()
  assert.equal(exitCode, 1)
  assert.match(stdout, /WRONG {4}Redis 5\.0\.7 is too old: 6\.2 or newer is needed \(\S.*redis-server\)/)
  assert.match(stdout, /WRONG {4}\S.*ffmpeg \(PATH\) cannot write MP3: it was built without libmp3lame/)
  assert.match(stdout, /WRONG {4}\S.*ffprobe \(PATH\) does not run: /)
  await plant('chromium', 'exit 127')
  assert.match((await examine()).stdout, /note {5}\S.*chromium \(PATH\) does not run: /)
  const given = await examine({ CHROMIUM_PATH: join(bin, 'chromium') })
  assert.match(given.stdout, /WRONG {4}\S.*chromium \(given by CHROMIUM_PATH\) does not run: /)
  await plant('chromium', 'echo "Chromium 156.0.8078.108 built on Debian GNU/Linux 12"')
  assert.match((await examine()).stdout, /ok {7}Chromium 156\.0\.8078\.108: \S.*chromium \(PATH\)/)
})

test('says how to get what is missing', async t => {
  const { examine, bin } = await clone(t)
  const { exitCode, stdout } = await examine({ FFMPEG_PATH: '/no/such/ffmpeg', PATH: bin })
  assert.equal(exitCode, 1)
  assert.match(stdout, /WRONG {4}\/no\/such\/ffmpeg \(given by FFMPEG_PATH\) does not run/)
  assert.match(stdout, /(missing|WRONG) +ffprobe.*(installs the Debian package ffmpeg|is missing)/)
  assert.match(stdout, /(missing|note) +Chromium.*\(only for \.\/jackalope test and demo --page\)/)
})

test('tells of a killed run, of a port that is taken, and of a damaged record', async t => {
  const { root, examine } = await clone(t)
  const { dir, server } = await startRedisLike(t, root)
  await killWithItsStarter(dir, server)
  const occupant = createServer().listen(server.port, '127.0.0.1')
  await once(occupant, 'listening')
  onEnd(t, () => occupant.close())
  const killed = await examine()
  assert.match(
    killed.stdout,
    /note {5}Redis was killed and is still recorded \(servers\/redis\); \.\/jackalope down/,
  )
  assert.match(
    killed.stdout,
    new RegExp(`note {5}Port ${server.port}, which Redis had, is taken: it gets another`),
  )

  await writeFile(join(root, '.jackalope/system.json'), '{"startedBy":')
  const damaged = await examine()
  assert.equal(damaged.exitCode, 1)
  assert.match(damaged.stdout, /WRONG {4}\S.*system\.json is damaged: remove it/)
})

test('says that the folder cannot be written to, and which store it does not know', async t => {
  const { root, examine } = await clone(t)
  await writeFile(join(root, '.jackalope/logs'), 'a file is in the way')
  const unwritable = await examine()
  assert.equal(unwritable.exitCode, 1)
  assert.match(unwritable.stdout, /WRONG {4}The project's folder must be readable and writable: .*logs/)
  await rm(join(root, '.jackalope/logs'))

  assert.match(
    (await examine({ BLOB_STORE: 's3' })).stdout,
    /WRONG {4}BLOB_STORE, .*: expected gridfs or disk, got "s3"/,
  )
  const onDisk = await examine({ BLOB_STORE: 'disk', BLOB_DIR: '/dev/null/blobs' })
  assert.match(onDisk.stdout, /WRONG {4}BLOB_STORE, BLOB_DIR: .*\/dev\/null\/blobs/)
  assert.match(onDisk.stdout, /ok {7}MongoDB: not needed with BLOB_STORE=disk/)
})

test('says that the disk is nearly full', async t => {
  const disk = await temporaryFolder(t)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=10m', 'tmpfs', disk], { stdio: 'ignore' })
  } catch {
    return t.skip('needs root, to mount a small disk')
  }
  onEnd(t, () => execFileSync('umount', [disk]))
  const { kind, text } = await inspectDisk(disk)
  assert.equal(kind, 'wrong')
  assert.match(text, /nearly full: 0\.0 GiB free; make room for at least 1 GiB/)
})

test('before anything is installed: says what is missing, within seconds, and installs nothing', async t => {
  const { root, bin } = await clone(t)
  await rm(join(root, '.jackalope/toolchain'))
  for (const tool of ['sh', 'cat', 'cksum', 'dirname', 'uname', 'mkdir', 'id', 'readlink', 'df', 'awk'])
    await symlink(
      execFileSync('/bin/sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim(),
      join(bin, tool),
    )
  await writeFile(join(bin, 'redis-server'), '#!/bin/sh\nexit 1\n')
  await chmod(join(bin, 'redis-server'), 0o755)
  const env = { PATH: bin, AMQP_URL: 'amqp://me:a-secret@host' }
  const { exitCode, stdout, stderr } = await runToEnd('/bin/sh', [join(root, 'jackalope'), 'doctor'], { env })
  assert.equal(stderr, '')
  assert.equal(exitCode, 1, stdout)
  assert.match(
    stdout,
    /WRONG {4}Node\.js >= 22\.18 with npm is missing; install it from https:\/\/nodejs\.org/,
  )
  assert.match(stdout, /ok {7}rabbitmq-server: given by AMQP_URL/)
  assert.match(stdout, /ok {7}redis-server: \S/)
  assert.match(stdout, /\n\d to be mended; they are marked WRONG\.\n$/)
  assert.doesNotMatch(stdout, /a-secret/)
})

test('of a system that runs: what has ended, and what a service says is down', async t => {
  const { root, examine } = await clone(t)
  await mkdir(join(root, '.jackalope'), { recursive: true })
  await writeFile(join(root, '.jackalope/system.json'), '{"startedBy":"up","addresses":{},"blobs":{}}')
  const { dir, server } = await startRedisLike(t, root)
  const answer = JSON.stringify({ status: 'not ready', checks: { jobs: 'down', blobs: 'up' } })
  const script = `require('http').createServer((_, res) => res.writeHead(503).end('${answer}')).listen(+process.argv[1], '127.0.0.1')`
  const gateway = await startServer(
    {
      name: 'gateway',
      title: 'Gateway',
      readyWithinMs: 10_000,
      stopWithinMs: 10_000,
      commands: ({ ports }) => [
        { file: process.execPath, args: ['--eval', script, String(ports.main)], env: {}, cwd: root },
      ],
      check: async ({ ports }) => void (await fetch(`http://127.0.0.1:${ports.main}`)),
      url: () => 'http://127.0.0.1',
    },
    { dir: join(root, '.jackalope/services/gateway') },
  )
  onEnd(t, () => gateway.stop())
  const unready = await examine()
  assert.equal(unready.exitCode, 1)
  assert.match(
    unready.stdout,
    /WRONG {4}Gateway is not ready; down: jobs; its log: \/.+\/logs\/gateway\.log$/m,
  )
  assert.doesNotMatch(unready.stdout, /has ended/)

  await killWithItsStarter(dir, server)
  const { stdout } = await examine()
  assert.match(
    stdout,
    /WRONG {4}Redis has ended, and the others run \(servers\/redis\); \.\/jackalope up starts/,
  )
})

/** A process that is recorded as this project's Redis. */
async function startRedisLike(t: TestContext, root: string) {
  const dir = join(root, '.jackalope/servers/redis')
  const server = await startServer(
    {
      name: 'redis',
      title: 'Redis',
      readyWithinMs: 10_000,
      stopWithinMs: 10_000,
      commands: () => [{ file: '/bin/sh', args: ['-c', 'exec sleep 600'], env: {}, cwd: root }],
      check: async () => {},
      url: () => 'redis://127.0.0.1',
    },
    { dir },
  )
  onEnd(t, () => server.stop())
  return { dir, server }
}

/** Its record stays. */
async function killWithItsStarter(dir: string, server: LocalServer): Promise<void> {
  const record = await readFile(join(dir, 'server.json'), 'utf8')
  await server.kill()
  await writeFile(join(dir, 'server.json'), record)
}
