import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chromium } from 'playwright-core'
import { chromiumOptions, limitWaits } from '../../packages/cli/src/browser/chromium.ts'
import { onEnd } from '../../packages/local-servers/src/testing/index.ts'
import { accessibilityFaults } from './support/accessibility.ts'
import { layoutFaults } from './support/layout-faults.ts'
import { listenForComplaints } from './support/watched-page.ts'

/** A page on which nothing is wrong, though much lies within, behind and beside each other. */
const sound = `<!doctype html><html lang="en"><title>Sound</title><style>
    body { margin: 0; font: 16px/1.4 sans-serif } header { position: sticky; top: 0; background: #fff }
    .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
    .cut { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; width: 120px }
    .scrolls { overflow-x: auto } .wide { width: 900px } .row { display: flex; gap: 8px; flex-wrap: wrap }
  </style><body><header><a href="#">Home</a></header><main><h1>Drop a video</h1>
  <p>Some <b>bold <a href="#">words that go on and on over several lines</a></b> and the rest of this sentence.</p>
  <label><input type="checkbox"> Yes, <em>please</em></label><span class="hidden">for screen readers</span>
  <div class="row"><button><svg width="10" height="10"><rect width="9" height="9"/></svg> Go</button><button>Stop</button></div>
  <p class="cut">a-very-long-file-name-that-is-cut-at-its-end.mp4</p>
  <div class="scrolls" tabindex="0"><div class="wide">a wide table</div></div>
  <div style="display: none">not <p style="margin-top: -30px">shown</p></div></main></body></html>`

/** What each of these adds to the page is a fault. */
const planted: [name: string, html: string, fault: RegExp][] = [
  [
    'something wider than the window',
    '<p style="width: 500px">wide</p>',
    /the page is \d+ px wide, the window 320/,
  ],
  ['a word that does not break', `<p>${'x'.repeat(80)}</p>`, /wider than its box|is \d+ px wide/],
  [
    'a button beyond the edge',
    '<div style="position: relative; left: -20px"><button>Go</button></div>',
    /<button> "Go" sticks out/,
  ],
  ['a text upon a text', '<p>One</p><p style="margin-top: -36px">Two</p>', /<p> "One" and <p> "Two" overlap/],
  [
    'a button upon a link',
    '<a href="#">a link</a><button style="position: absolute; left: 0; width: 90px; margin-top: -4px">Go</button>',
    /<a> "a link" and <button> "Go" overlap|<button> "Go" and <a> "a link" overlap/,
  ],
  ['a foot above the content', '</main><footer>Foot</footer><main>', /foot of the page stands before/],
  [
    'a text that leaves its box',
    `<div style="width: 60px; white-space: nowrap">longer than its box</div>`,
    /is wider than its box/,
  ],
]

test('finds planted faults of layout, accessibility and policy, and none on a sound page', async t => {
  const browser = await chromium.launch(chromiumOptions(process.env))
  onEnd(t, () => browser.close(), 20_000)
  const context = limitWaits(await browser.newContext({ viewport: { width: 320, height: 640 } }))
  const complaints = await listenForComplaints(context)
  const page = await context.newPage()

  await page.setContent(sound)
  assert.deepEqual(await layoutFaults(page), [])
  assert.deepEqual(await accessibilityFaults(page), [])
  complaints.assertNone()
  for (const [name, html, fault] of planted) {
    await page.setContent(sound.replace('</main>', `${html}</main>`))
    const found = await layoutFaults(page)
    assert.ok(
      found.some(text => fault.test(text)),
      `${name}: ${found.join('; ') || 'nothing was found'}`,
    )
  }

  await page.setContent(
    sound.replace('<title>Sound</title>', '').replace('</main>', '<button></button></main>'),
  )
  const faults = (await accessibilityFaults(page)).join('\n')
  for (const rule of ['document-title', 'button-name']) assert.match(faults, new RegExp(`^${rule} `, 'm'))

  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">`
  const blocked = page.waitForEvent('console', message => message.type() === 'error')
  await page.setContent(`${policy}<img src="http://127.0.0.1:9/a.png">`)
  await blocked
  assert.match(complaints.all.join('\n'), /img-src|Content Security Policy/)
  complaints.expect(/./)
})
