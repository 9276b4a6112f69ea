import assert from 'node:assert/strict'
import { copyFile, mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { dropFiles } from '../../../packages/cli/src/browser/drop-files.ts'
import {
  chooseFiles,
  downloadLink,
  dropZone,
  failureButton,
  fileRow,
} from '../../../packages/cli/src/demo/page-guide.ts'
import { runToEnd, temporaryFolder } from '../../../packages/local-servers/src/testing/index.ts'
import { enter, newPerson } from '../support/people.ts'
import { visit, type World } from '../support/world.ts'

export function manyFiles(world: World): void {
  test('ten files of a folder at once: each has its row, two tabs show the same, and the ZIP has ten files', async t => {
    const { page, context } = await visit(t, world)
    await enter(page, await newPerson(world))
    const folder = join(await temporaryFolder(t), 'ten')
    await mkdir(folder)
    const names = Array.from({ length: 10 }, (_, index) => `song ${index + 1}.mp4`)
    for (const name of names) await copyFile(world.song, join(folder, name))
    await page.goto('/')
    const other = await context.newPage()
    await other.goto('/')
    await dropFiles(dropZone(page), [folder])
    for (const tab of [page, other])
      for (const name of names) await downloadLink(fileRow(tab, name)).waitFor({ timeout: 90_000 })

    const [download] = await Promise.all([
      other.waitForEvent('download'),
      other.getByRole('link', { name: 'Download all 10 as ZIP' }).click(),
    ])
    const archive = join(folder, 'all.zip')
    await download.saveAs(archive)
    const listed = await runToEnd('python3', ['-m', 'zipfile', '-t', archive])
    assert.equal(listed.exitCode, 0, listed.stderr)
    const { stdout } = await runToEnd('python3', ['-m', 'zipfile', '-l', archive])
    for (const name of names) assert.ok(stdout.includes(name.replace('mp4', 'mp3')), stdout)
  })

  test('a file of 3 GB is refused before a byte of it is sent; what is no video fails with its reason', async t => {
    const { page } = await visit(t, world)
    await enter(page, await newPerson(world))
    await page.goto('/')
    const huge = join(await temporaryFolder(t), 'huge.mp4')
    const handle = await open(huge, 'w')
    await handle.truncate(3 * 1024 ** 3)
    await handle.close()
    const before = world.proxy.sentBytes()
    await dropFiles(dropZone(page), [huge])
    await fileRow(page, 'huge.mp4').getByText('Too large').waitFor()
    assert.ok(world.proxy.sentBytes() - before < 20_000)

    await chooseFiles(page, [world.broken])
    const row = fileRow(page, 'broken.mp4')
    await failureButton(row).waitFor()
    await row.getByText('This is not a video or audio file').waitFor()
    await row.getByRole('button', { name: /^Delete/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await row.waitFor({ state: 'detached' })
  })
}
