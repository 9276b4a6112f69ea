import assert from 'node:assert/strict'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileFaults, publintFaults, typeFaults, unpack } from './check-tarball.ts'

/** Registers the tests of the packed tarball itself, and of the checks, which find planted faults. */
export function testChecks(tarball: () => string): void {
  test('publint, arethetypeswrong and our own check find nothing in the packed tarball', async () => {
    const folder = await unpack(tarball())
    assert.deepEqual(await fileFaults(folder), [])
    assert.deepEqual(await publintFaults(folder), [])
    assert.deepEqual(await typeFaults(folder), [])
  })

  for (const [fault, { finds, found, manifest, lacking }] of Object.entries(plantedFaults)) {
    test(`the checks find ${fault}`, async () => {
      const folder = await unpack(tarball())
      if (lacking) await rm(join(folder, lacking))
      if (manifest) await changeManifest(folder, manifest)
      assert.match((await finds(folder)).join('\n'), found)
    })
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a manifest to spoil.
type AnyManifest = any

interface Fault {
  finds(folder: string): Promise<string[]>
  found: RegExp
  /** Changes package.json. */
  manifest?(manifest: AnyManifest): void
  /** A file to remove. */
  lacking?: string
}

const plantedFaults: Record<string, Fault> = {
  'exports that name TypeScript, as in the workspace': {
    finds: fileFaults,
    found: /src\/index\.ts is no JavaScript/,
    manifest: manifest => {
      manifest.exports['.'] = { types: './dist/index.d.ts', default: './src/index.ts' }
    },
  },
  'exports that name a file which is not there': {
    finds: publintFaults,
    found: /publint: .*dist\/jobs\.js/,
    manifest: manifest => {
      manifest.exports['./job'].default.default = './dist/jobs.js'
    },
  },
  'exports without declarations': {
    finds: typeFaults,
    found: /attw: UntypedResolution/,
    lacking: 'dist/job/index.d.ts',
  },
  'types of ES modules for what is required': {
    finds: typeFaults,
    found: /attw: FalseESM/,
    manifest: manifest => {
      manifest.exports['.'].require.types = './dist/index.d.ts'
    },
  },
  'source maps without their sources': {
    finds: fileFaults,
    found: /\.map names .*errors\.ts, which is missing/,
    lacking: 'src/errors.ts',
  },
  'no license': { finds: fileFaults, found: /LICENSE is missing/, lacking: 'LICENSE' },
  'a dependency that only the workspace has': {
    finds: fileFaults,
    found: /@jackalope\/local-servers is a package of the workspace/,
    manifest: manifest => {
      manifest.dependencies['@jackalope/local-servers'] = 'workspace:*'
    },
  },
}

async function changeManifest(packageFolder: string, change: (manifest: AnyManifest) => void): Promise<void> {
  const path = join(packageFolder, 'package.json')
  const manifest = JSON.parse(await readFile(path, 'utf8'))
  change(manifest)
  await writeFile(path, JSON.stringify(manifest))
}
