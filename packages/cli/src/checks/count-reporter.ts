// A reporter for `node --test` that writes one line of JSON: how many tests passed and failed. A file counts only when
// it fails itself, for example because it cannot be loaded.

export interface TestCounts {
  passed: number
  failed: number
  skipped: number
}

interface Summary {
  type: string
  data: { file?: string; counts?: Record<string, number> }
}

export default async function* countReporter(events: AsyncIterable<Summary>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    // The summary without a file is that of the whole run.
    if (type !== 'test:summary' || data.file !== undefined || !data.counts) continue
    const { passed = 0, failed = 0, cancelled = 0, skipped = 0, todo = 0 } = data.counts
    const counts: TestCounts = { passed, failed: failed + cancelled, skipped: skipped + todo }
    yield `${JSON.stringify(counts)}\n`
  }
}
