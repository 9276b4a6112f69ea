import assert from 'node:assert/strict'
import { chmod, link, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { onEnd, temporaryFolder, until, wholeFile } from '@jackalope/local-servers/testing'
import { type Jail, type JailOptions, openJail } from '../../src/tools/jail/jail.ts'
import { runProgram } from '../../src/tools/run-program.ts'
import { openWorkFolder } from '../../src/work-folder/work-folder.ts'
import { extract } from '../support/extract.ts'
import { openMediaFolder } from '../support/media-folder.ts'

const media = await openMediaFolder(wholeFile)
const programs = ['ffmpeg', 'ffprobe']
const memoryBytes = 384 * 1024 ** 2

async function open(owner: Parameters<typeof onEnd>[0], options: Partial<JailOptions> = {}) {
  const workFolder = await openWorkFolder(await temporaryFolder(owner))
  const jail = await openJail({ work: workFolder.path, programs, memoryBytes, ...options })
  onEnd(owner, () => jail.close())
  return { workFolder, jail }
}

const isRoot = process.getuid?.() === 0
const { jail: best, workFolder } = await open(wholeFile)
const hasUsers = best.holds.startsWith('users and files')

/** What a script says that runs in the cell of a job with a file that it may read, and one that it may write. */
async function say(jail: Jail, script: string, inFolder = workFolder): Promise<string> {
  return await inFolder.withJobFolder(async folder => {
    const [given, made] = [join(folder, 'given'), join(folder, 'made')]
    await writeFile(given, 'given', { mode: 0o600 })
    const cell = await jail.admit(folder)
    await cell.letRead(given)
    await cell.letWrite(made)
    const { stdout, stderr } = await runProgram('/bin/sh', ['-c', script, 'sh', given, made, folder], {
      cell,
    })
    await cell.takeBack(made)
    return `${stdout}${stderr}${await readFile(made, 'utf8').catch(() => '')}`.trim()
  })
}

test('as root, a tool is nobody: it sees its job and the programs, has no network, and can make no file', {
  skip: !hasUsers,
}, async () => {
  assert.match(await say(best, 'id -u; id -G; cat "$1"; echo made >"$2"'), /^(\d{5})\n\1\ngivenmade$/)
  // The work folder is wherever temporary files are: its path begins with a folder of its own.
  const [, first = ''] = workFolder.path.split('/')
  const folders = new Set(['bin', 'dev', 'etc', 'lib', 'lib64', 'old', 'proc', 'sbin', 'usr', first])
  assert.equal(
    await say(best, 'ls /; ls /proc /old; ls /etc | grep -c passwd'),
    `${[...folders].toSorted().join('\n')}\n/old:\n\n/proc:\n0`,
  )
  const refused = await say(
    best,
    `rm "$2"; ln -s /etc/shadow "$3/other"; ls "$3/.."; kill -0 1; touch /${first}/x`,
  )
  assert.equal(refused.match(/Permission denied|not permitted|Read-only/g)?.length, 5, refused)
  assert.match(await say(best, 'ls /sys/class/net'), /No such file/)
  assert.equal(await say(best, '(ulimit -u || ulimit -p) 2>/dev/null'), '4096')
})

test('as root, tools of two jobs are two users, who cannot see each other', { skip: !hasUsers }, async () => {
  await workFolder.withJobFolder(async other => {
    const cell = await best.admit(other)
    const secret = join(other, 'video')
    await writeFile(secret, 'secret')
    await cell.letRead(secret)
    assert.match(await say(best, `cat '${secret}'`), /Permission denied/)
  })
})

test('converts in a cell, from a file that was linked, and takes the result back', {
  skip: !isRoot,
}, async () => {
  const input = await media.get('good.m4a')
  await chmod(input, 0o600)
  await workFolder.withJobFolder(async folder => {
    const cell = await best.admit(folder)
    const video = join(folder, 'video')
    await link(input, video)
    const { durationSeconds, warnings, path } = await extract(
      { ...media, newPath: () => join(folder, 'audio') },
      video,
      { cell },
    )
    assert.deepEqual([Math.round(durationSeconds), warnings], [10, []])
    const { uid, mode } = await stat(path)
    assert.deepEqual([uid, mode & 0o777], [process.getuid?.(), 0o600])
  })
})

test('goes on when the keeper of the file system was killed, or its folder was replaced', {
  skip: !hasUsers,
}, async t => {
  const { workFolder, jail } = await open(t)
  const pidOf = (enter: readonly string[]) => Number(/proc\/(\d+)/.exec(enter.join(' '))?.[1])
  const enterOnce = () => workFolder.withJobFolder(async folder => (await jail.admit(folder)).enter)
  const keeper = pidOf(await enterOnce())
  const { PATH = '' } = process.env
  onEnd(t, async () => {
    process.env.PATH = PATH
  })
  process.env.PATH = '/nowhere'
  process.kill(keeper, 'SIGKILL')
  // It uses up no attempt of a job.
  await until(async () => (await enterOnce().catch(({ code }) => code)) === 'ERR_TOOL_UNUSABLE')
  process.env.PATH = PATH
  const two = await Promise.all([enterOnce(), enterOnce()])
  assert.equal(new Set(two.map(pidOf)).size, 1)
  assert.notEqual(two.map(pidOf)[0], keeper)
  await rm(workFolder.path, { recursive: true })
  assert.equal(await say(jail, 'cat "$1"; echo made >"$2"', workFolder), 'givenmade')
})

test('says that it is our fault when a cell cannot be entered', async () => {
  const cell = {
    ...(await workFolder.withJobFolder(folder => best.admit(folder))),
    enter: ['nsenter', '--net=/proc/0/ns/net', '--'],
  }
  await assert.rejects(runProgram('ffmpeg', ['-version'], { cell }), { code: 'ERR_TOOL_UNUSABLE' })
})

test('without root, tools have files of their own where users may make namespaces, and else what there is', async t => {
  const { jail, workFolder } = await open(t, { isRoot: false })
  assert.match(jail.holds, /^(files of their own, no network|no network|limits alone)$/)
  if (jail.holds.startsWith('files'))
    assert.match(await say(jail, 'ls /root /etc/passwd', workFolder), /No such file(.|\n)*No such file/)
})

test('a tool that stands elsewhere is found, or the jail is one that it can run in', async t => {
  const folder = await temporaryFolder(t)
  const ffmpeg = join(folder, 'ffmpeg')
  await writeFile(ffmpeg, '#!/bin/sh\nexec ffmpeg "$@"\n', { mode: 0o755 })
  const { jail, workFolder } = await open(t, { programs: [ffmpeg, 'ffprobe'] })
  await workFolder.withJobFolder(async job => {
    const cell = await jail.admit(job)
    assert.match((await runProgram(ffmpeg, ['-version'], { cell })).stdout, /^ffmpeg version/)
  })
})
