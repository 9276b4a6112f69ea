import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { test } from 'node:test'
import { chooseFiles, downloadLink, fileRow } from '../../../packages/cli/src/demo/page-guide.ts'
import { enter, newPerson } from '../support/people.ts'
import { untilCopied } from '../support/stored-uploads.ts'
import { openBrowser, profileFolder, visit, type World } from '../support/world.ts'

/** What Chromium and Uppy report of requests that a lost connection has ended. */
const lostConnection = /net::ERR_|looks like a network error/

/** A file that is sent in parts takes longer than others. */
const timeout = 60_000

export function resuming(world: World): void {
  test('an upload goes on where it was when the connection was lost, the page reloaded, and the browser restarted', async t => {
    const { proxy, big } = world
    const size = (await stat(big)).size
    const folder = await profileFolder(world)
    const first = await openBrowser(t, world, folder)
    first.complaints.expect(lostConnection)
    await enter(first.page, await newPerson(world))
    await first.page.goto('/')
    const before = proxy.sentBytes()

    let held = proxy.holdAfter(size / 4)
    await chooseFiles(first.page, [big])
    await held
    await untilCopied(first.page)
    await proxy.cut()
    await fileRow(first.page, 'big.avi').getByText('The connection is lost').waitFor({ timeout })

    held = proxy.holdAfter(size / 4)
    await proxy.listen()
    await held
    held = proxy.holdAfter(size / 4)
    await first.page.reload()
    await held

    await first.context.close()
    proxy.release()
    const second = await openBrowser(t, world, folder)
    await second.page.goto('/')
    await downloadLink(fileRow(second.page, 'big.avi')).waitFor({ timeout })
    const sent = proxy.sentBytes() - before
    // Three times something was under way that was lost; three times the whole would be far more.
    assert.ok(sent < 1.75 * size, `${sent} bytes were sent for a file of ${size}`)
  })

  test('a connection that is lost during the conversion changes nothing: the page shows its end when it is back', async t => {
    const { page, complaints } = await visit(t, world)
    complaints.expect(lostConnection)
    await enter(page, await newPerson(world))
    await page.goto('/')
    await chooseFiles(page, [world.long])
    const row = fileRow(page, 'long.mkv')
    await row.getByText('Converting').waitFor({ timeout })
    await world.proxy.cut()
    await page.getByText('The connection is lost').waitFor({ timeout })
    await world.proxy.listen()
    await downloadLink(row).waitFor({ timeout })
  })
}
