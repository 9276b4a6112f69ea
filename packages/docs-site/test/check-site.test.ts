import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { temporaryFolder } from '@jackalope/local-servers/testing'
import { findDeadLinks } from '../src/check-site.ts'

async function site(t: TestContext, pages: Record<string, string>): Promise<string> {
  const folder = await temporaryFolder(t)
  for (const [file, html] of Object.entries(pages)) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), html)
  }
  return folder
}

test('finds nothing wrong with links that lead to pages and headings', async t => {
  const folder = await site(t, {
    'index.html':
      '<a href="/kit/">kit</a> <a href="/kit/rules.html#r-1">R1</a> <a class="x" href="#top">up</a><p id="top">',
    'kit/index.html':
      '<a href="./rules">rules</a> <a href="https://example.com/#x">elsewhere</a> <a href="mailto:a@b.c">mail</a>',
    'kit/rules.html': '<h2 id="r-1">R1</h2>',
  })
  assert.deepEqual(await findDeadLinks(folder, '/'), [])
})

test('finds a link to a page, and one to a heading, that is not there', async t => {
  const folder = await site(t, {
    'index.html':
      '<a href="/name/gone.html">gone</a> <a href="/name/rules.html#r2">R2</a> <a href="#nowhere">x</a>',
    'rules.html': '<h2 id="r1">R1</h2> <a href="/name/gone.html">gone</a>',
  })
  assert.deepEqual(await findDeadLinks(folder, '/name/'), [
    'index.html, and 1 more: dead link "/name/gone.html"',
    'index.html: "/name/rules.html#r2" leads to no heading',
    'index.html: "#nowhere" leads to no heading',
  ])
})
