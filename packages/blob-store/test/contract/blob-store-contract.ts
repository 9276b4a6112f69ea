import { describe } from 'node:test'
import { describeContent } from './content.ts'
import { describeFiles } from './files.ts'
import { describeMetadata } from './metadata.ts'
import { describeReading } from './reading.ts'
import { describeRemoving } from './removing.ts'
import type { Setup } from './store-under-test.ts'
import { describeWriting } from './writing.ts'

/** Tests that every kind of `BlobStore` must pass. */
export function describeBlobStore(name: string, setup: Setup, options: { skip?: string | false } = {}) {
  describe(`${name} as a BlobStore`, options, () => {
    describeWriting(setup)
    describeReading(setup)
    describeMetadata(setup)
    describeContent(setup)
    describeFiles(setup)
    describeRemoving(setup)
  })
}
