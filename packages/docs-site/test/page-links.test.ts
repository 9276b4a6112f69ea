import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder } from '@jackalope/local-servers/testing'
import { DEAD, namesMissingFile, resolveLink } from '../src/page-links.ts'

const repository = 'https://example.com/owner/name'
const files = [
  'README.md',
  'docs/a.md',
  'docs/decisions/README.md',
  'packages/kit/src/worker/pump.ts',
  'k8s/x.yaml',
]

test('links', async t => {
  const root = await temporaryFolder(t)
  for (const file of files) {
    await mkdir(dirname(join(root, file)), { recursive: true })
    await writeFile(join(root, file), '')
  }

  const resolved: [title: string, href: string, expected: string | symbol | undefined][] = [
    ['a page', 'decisions/README.md', '/docs/decisions/index.md'],
    ['a page and a heading', '../README.md#quick-start', '/index.md#quick-start'],
    ['a folder with a start page', 'decisions', '/docs/decisions/index.md'],
    ['a file of the repository', '../k8s/x.yaml', `${repository}/blob/main/k8s/x.yaml`],
    ['a folder of the repository', '../k8s', `${repository}/tree/main/k8s`],
    ['another site', 'https://www.rabbitmq.com/', 'https://www.rabbitmq.com/'],
    ['a heading of the page', '#below', '#below'],
    ['a page that is not there', 'b.md', DEAD],
    ['a file outside of the project', '../../secret.md', DEAD],
  ]
  for (const [title, href, expected] of resolved)
    await t.test(`resolves a link to ${title}`, () =>
      assert.equal(resolveLink(href, 'docs/a.md', { root, repository }), expected),
    )

  await t.test('gives no link to a file when no repository is known', () =>
    assert.equal(resolveLink('../k8s/x.yaml', 'docs/a.md', { root, repository: undefined }), undefined),
  )

  await t.test('finds a source file from the project, the package and its src', () => {
    for (const path of ['packages/kit/src/worker/pump.ts', 'src/worker/pump.ts', 'worker/pump.ts'])
      assert.equal(namesMissingFile(path, 'packages/kit/README.md', root), false, path)
  })

  await t.test('finds that a source file is missing', () =>
    assert.equal(namesMissingFile('worker/gone.ts', 'packages/kit/README.md', root), true),
  )

  await t.test('takes other code for what it is', () => {
    for (const text of ['pump.ts', 'pnpm build', 'a/b', 'import x from "./y.ts"'])
      assert.equal(namesMissingFile(text, 'docs/a.md', root), false, text)
  })
})
