import { describe } from 'node:test'
import { describeAppending, describeExclusion } from './appending.ts'
import { describeCompleting } from './completing.ts'
import type { Setup } from './store-under-test.ts'

/** Tests that the resumable blobs of every kind of store must pass. */
export function describeResumableBlobs(name: string, setup: Setup, options: { skip?: string | false } = {}) {
  describe(`${name} as a store of ResumableBlobs`, options, () => {
    describeAppending(setup)
    describeExclusion(setup)
    describeCompleting(setup)
  })
}
