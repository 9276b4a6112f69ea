import { test } from 'node:test'
import { dropFiles } from '../../../packages/cli/src/browser/drop-files.ts'
import { downloadLink, dropZone, fileRow, signIn } from '../../../packages/cli/src/demo/page-guide.ts'
import { until } from '../../../packages/local-servers/src/testing/index.ts'
import { enter, newPerson } from '../support/people.ts'
import { visit, type World } from '../support/world.ts'

/** Files that come in without an account, without JavaScript, or out of another program. */
export function otherWays(world: World): void {
  test('a guest drops a file at the first sight of the page, and has the audio', async t => {
    const { page } = await visit(t, world)
    await page.goto('/')
    await page.getByText('you can try it without an account').waitFor()
    await dropFiles(dropZone(page), [world.song])
    await downloadLink(fileRow(page, 'song.mp4')).waitFor()
    await page.getByText('Your files are removed at').waitFor()
  })

  test('without JavaScript the page leads to a form, which signs in, uploads and downloads', async t => {
    const { page } = await visit(t, world, { javaScriptEnabled: false })
    const person = await newPerson(world)
    await page.goto('/')
    await page.getByRole('link', { name: 'There is a form that works without it.' }).click()
    await signIn(page, person)
    await page.getByLabel('Video').setInputFiles(world.song)
    await page.getByRole('button', { name: 'Upload and convert' }).click()
    const link = page.getByRole('link', { name: 'Download song.mp3' })
    // Nothing tells a page without JavaScript of the end: its reader looks again.
    await until(async () => {
      await page.getByRole('link', { name: 'Look again' }).click()
      return (await link.count()) > 0
    })
    const download = page.waitForEvent('download')
    await link.click()
    await (await download).path()
  })

  test('a file that another program of a phone shares with the page is converted', async t => {
    const { page } = await visit(t, world)
    await enter(page, await newPerson(world))
    await page.goto('/')
    await page.evaluate(() => navigator.serviceWorker.ready)
    // The request that the browser of a phone makes of the manifest.
    await page.evaluate(() => {
      const form = document.createElement('form')
      Object.assign(form, { method: 'post', action: '/share', enctype: 'multipart/form-data', id: 'share' })
      const input = document.createElement('input')
      Object.assign(input, { type: 'file', name: 'files', id: 'shared' })
      form.append(input)
      document.body.append(form)
    })
    await page.locator('#shared').setInputFiles(world.song)
    await page.evaluate(() => (document.querySelector('#share') as HTMLFormElement).submit())
    await downloadLink(fileRow(page, 'song.mp4')).waitFor()
  })
}
