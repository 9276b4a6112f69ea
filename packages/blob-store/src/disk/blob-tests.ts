import type { BlobFilter, BlobInfo } from '../blob-store.ts'
import { requireFieldName } from '../metadata-field.ts'
import type { ClaimCache } from './claim-cache.ts'

/** Tests of a blob against a filter, but for `limit` and the order. */
export interface BlobTests {
  /** Whether a blob may fit, as far as can be told without the fields that were claimed after it became visible. */
  mayFit(info: BlobInfo): boolean
  /** Whether a blob with all its metadata fits. */
  fits(blob: BlobInfo): boolean
}

/** @param claims - what is known of claimed fields without reading */
export function createBlobTests(
  {
    metadata = {},
    has = [],
    lacks = [],
    sha256,
    hasContent,
    fileNameContains = [],
    storedSince,
    storedBefore,
    olderThan,
  }: BlobFilter,
  claims: Pick<ClaimCache, 'hasClaim' | 'hasLostContent'>,
): BlobTests {
  for (const field of [...Object.keys(metadata), ...has, ...lacks]) requireFieldName(field)
  const wanted = Object.entries(metadata)
  const texts = fileNameContains.map(text => text.toLowerCase())
  return {
    mayFit: info =>
      wanted.every(
        ([field, value]) => !Object.hasOwn(info.metadata, field) || info.metadata[field] === value,
      ) &&
      !lacks.some(field => Object.hasOwn(info.metadata, field) || claims.hasClaim(info.id, field)) &&
      (sha256 === undefined || info.sha256 === sha256) &&
      !(hasContent && claims.hasLostContent(info.id)) &&
      containsAll(info.fileName, texts) &&
      (!storedSince || info.storedAt >= storedSince) &&
      (!storedBefore || info.storedAt < storedBefore) &&
      (!olderThan || newestFirst(olderThan, info) < 0),
    fits: ({ metadata: all, contentRemovedAt }) =>
      (hasContent === undefined || hasContent === (contentRemovedAt === undefined)) &&
      wanted.every(([field, value]) => all[field] === value) &&
      has.every(field => Object.hasOwn(all, field)) &&
      !lacks.some(field => Object.hasOwn(all, field)),
  }
}

type Position = Pick<BlobInfo, 'storedAt' | 'id'>

/** Order of lists. */
export function newestFirst(a: Position, b: Position): number {
  return b.storedAt.getTime() - a.storedAt.getTime() || compareText(b.id, a.id)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

function containsAll(fileName: string, texts: readonly string[]): boolean {
  if (texts.length === 0) return true
  const name = fileName.toLowerCase()
  return texts.every(text => name.includes(text))
}
