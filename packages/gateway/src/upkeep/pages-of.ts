import type { BlobFilter, BlobInfo, BlobStore } from '@jackalope/blob-store'

/** Blobs that are read and held at a time. */
const pageSize = 100

/** All blobs that fit a filter, page after page, newest first. A page is read when it is asked for, so that blobs may be
 *  changed and removed meanwhile, and the memory in use does not grow with their number. */
export async function* pagesOf(
  store: Pick<BlobStore, 'list'>,
  filter: BlobFilter,
  signal: AbortSignal,
  limit = pageSize,
): AsyncGenerator<BlobInfo[], void> {
  let last: BlobInfo | undefined
  do {
    signal.throwIfAborted()
    const page = await Array.fromAsync(store.list({ ...filter, olderThan: last, limit }))
    if (page.length > 0) yield page
    last = page.length < limit ? undefined : page.at(-1)
  } while (last)
}

/** Blobs by their ids. */
export async function byId(
  store: Pick<BlobStore, 'list'>,
  ids: readonly string[],
): Promise<Map<string, BlobInfo>> {
  const found = new Map<string, BlobInfo>()
  if (ids.length > 0) for await (const blob of store.list({ ids })) found.set(blob.id, blob)
  return found
}
