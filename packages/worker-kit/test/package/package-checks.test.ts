import assert from 'node:assert/strict'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { faultsOf, unpack } from './check-tarball.ts'
import { temporaryFolder } from './outside-project.ts'
import { pack, packFolder } from './pack.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let tarball: string

before(async () => {
  folder = await temporaryFolder()
  tarball = await pack(folder.path)
})

after(() => folder[Symbol.asyncDispose]())

test('publint, arethetypeswrong and our own check find nothing in the packed tarball', async () => {
  assert.deepEqual(await faultsOf(tarball), [])
})

// biome-ignore lint/suspicious/noExplicitAny: a manifest to spoil.
type AnyManifest = any

const spoil: Record<string, { found: RegExp; manifest?(manifest: AnyManifest): void; lacking?: string }> = {
  'exports that name TypeScript, as in the workspace': {
    found: /src\/index\.ts is no JavaScript/,
    manifest: manifest => {
      manifest.exports['.'] = { types: './dist/index.d.ts', default: './src/index.ts' }
    },
  },
  'exports that name a file which is not there': {
    found: /publint: .*dist\/jobs\.js/,
    manifest: manifest => {
      manifest.exports['./job'].default.default = './dist/jobs.js'
    },
  },
  'exports without declarations': { found: /attw: UntypedResolution/, lacking: 'dist/job/index.d.ts' },
  'types of ES modules for what is required': {
    found: /attw: FalseESM/,
    manifest: manifest => {
      manifest.exports['.'].require.types = './dist/index.d.ts'
    },
  },
  'source maps without their sources': {
    found: /\.map names .*errors\.ts, which is missing/,
    lacking: 'src/errors.ts',
  },
  'no license': { found: /LICENSE is missing/, lacking: 'LICENSE' },
  'a dependency that only the workspace has': {
    found: /@jackalope\/local-servers is a package of the workspace/,
    manifest: manifest => {
      manifest.dependencies['@jackalope/local-servers'] = 'workspace:*'
    },
  },
}

for (const [fault, { found, manifest, lacking }] of Object.entries(spoil)) {
  test(`the checks find ${fault}`, async () => {
    const spoiled = await unpack(tarball)
    if (lacking) await rm(join(spoiled, lacking))
    if (manifest) await changeManifest(spoiled, manifest)
    const faults = await faultsOf(await packFolder(spoiled, join(spoiled, '..'), false))
    assert.match(faults.join('\n'), found)
  })
}

async function changeManifest(packageFolder: string, change: (manifest: AnyManifest) => void): Promise<void> {
  const path = join(packageFolder, 'package.json')
  const manifest = JSON.parse(await readFile(path, 'utf8'))
  change(manifest)
  await writeFile(path, JSON.stringify(manifest))
}
