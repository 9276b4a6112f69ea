import { test } from 'node:test'
import { downloadLink, dropZone, fileRow } from '../../../packages/cli/src/demo/page-guide.ts'
import { tabTo } from '../support/keyboard.ts'
import { newPerson } from '../support/people.ts'
import { visit, type World } from '../support/world.ts'

export function keyboard(world: World): void {
  test('from the sign-in to the download with the keyboard alone, and the focus is always seen', async t => {
    const { page } = await visit(t, world)
    const { email, password } = await newPerson(world)
    // Asked for early: the browser takes a moment to hand its dialogs over, and an Enter before that opens none.
    const chooser = page.waitForEvent('filechooser')
    chooser.catch(() => {}) // told by the step that waits for it
    await page.goto('/sign-in')
    await tabTo(page.getByLabel('E-mail address'))
    await page.keyboard.type(email)
    await tabTo(page.getByLabel('Password', { exact: true }))
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')

    const choose = dropZone(page).getByRole('button', { name: 'Choose files' })
    await choose.waitFor()
    await tabTo(choose)
    await page.keyboard.press('Enter')
    await (await chooser).setFiles([world.song])

    const link = downloadLink(fileRow(page, 'song.mp4'))
    await link.waitFor()
    await tabTo(link)
    const download = page.waitForEvent('download')
    await page.keyboard.press('Enter')
    await (await download).path()
  })
}
