import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { accessibilityFaults } from '../support/accessibility.ts'
import type { Furnished } from '../support/furnished-operator.ts'
import { layoutFaults } from '../support/layout-faults.ts'
import { enter } from '../support/people.ts'
import { takePicture } from '../support/pictures.ts'
import { openView, settle, type View, viewsOf } from '../support/views.ts'
import { visit, type World } from '../support/world.ts'

/** Phone, tablet, desktop. */
const sizes = [
  { width: 320, height: 640 },
  { width: 768, height: 1024 },
  { width: 1280, height: 800 },
]

/** The sizes of the pictures in the documentation. */
const pictureSizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } }

/** Together these see every view in both languages and both themes. */
const walks = [
  { locale: 'en-GB', colorScheme: 'light', hasPictures: true },
  { locale: 'de-DE', colorScheme: 'dark', hasPictures: false },
] as const

export function everyView(world: World, owner: Promise<Furnished>): void {
  for (const { hasPictures, ...surroundings } of walks)
    test(`every view is whole at each size, and has no fault that axe finds: ${surroundings.locale}, ${surroundings.colorScheme}`, async t => {
      // One browser for whoever has not signed in, and one for the operator.
      const options = { ...surroundings, reducedMotion: 'reduce' } as const
      const [stranger, operator] = [await visit(t, world, options), await visit(t, world, options)]
      await enter(operator.page, await owner)
      const faults: string[] = []
      for (const view of viewsOf(await owner)) {
        const { page } = view.of === 'anybody' ? stranger : operator
        await openView(page, view.path)
        faults.push(...(await faultsOf(page, view)))
        if (hasPictures) await takePictures(page, view.name)
      }
      assert.deepEqual(faults, [])
    })
}

async function faultsOf(page: Page, { name, path }: View): Promise<string[]> {
  const faults: string[] = []
  for (const size of sizes) {
    await page.setViewportSize(size)
    await settle(page)
    faults.push(...(await layoutFaults(page)).map(fault => `${name} (${path}), ${size.width} px: ${fault}`))
  }
  return [...faults, ...(await accessibilityFaults(page)).map(fault => `${name} (${path}): ${fault}`)]
}

async function takePictures(page: Page, name: string): Promise<void> {
  for (const [device, size] of Object.entries(pictureSizes)) {
    await page.setViewportSize(size)
    await settle(page)
    await takePicture(page, `${name}-${device}`)
  }
}
