import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BlobStorePlace } from '@jackalope/blob-store'
import { startMongodb } from '@jackalope/local-servers'
import { runBareFfmpeg } from '../conversion/bare-ffmpeg.ts'
import { type Converter, startConverter } from '../conversion/converter.ts'
import type { Cost } from '../conversion/cost.ts'
import { makeVideo, type Video, videoPlans } from '../conversion/make-videos.ts'
import { renderTable } from '../report/table.ts'
import { median } from '../statistics.ts'
import type { Scenario, ScenarioDeps, ScenarioPlan } from './scenario.ts'

interface Row {
  store: string
  video: string
  /** Conversions at the same time. */
  atOnce: number
  bare: Cost
  ours: Cost
  /** Medians of the ratios of each round. */
  ratio: Cost
  peakMebibytes: number
}

/** The converter, from "stored" to "audio stored", beside ffmpeg alone with the same flags on the local file. */
export const conversion: Scenario = async (plan, deps) => {
  const folder = join(deps.dir, 'conversion')
  await mkdir(folder, { recursive: true })
  try {
    deps.say('  making the videos')
    const videos: Video[] = []
    for (const video of videoPlans) videos.push(await makeVideo(video, folder, deps.signal))
    const rows = [
      ...(await measureStore({ kind: 'disk', dir: join(folder, 'store') }, videos, plan, deps)),
      ...(await measureGridFs(videos, plan, deps)),
    ]
    return { table: render(rows), rows }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measureGridFs(
  videos: readonly Video[],
  plan: ScenarioPlan,
  deps: ScenarioDeps,
): Promise<Row[]> {
  const mongodb = await startMongodb({ dir: join(deps.dir, 'mongodb'), signal: deps.signal })
  try {
    return await measureStore({ kind: 'gridfs', url: mongodb.url }, videos, plan, deps)
  } finally {
    await mongodb.stop()
  }
}

async function measureStore(
  place: BlobStorePlace,
  videos: readonly Video[],
  { rounds }: ScenarioPlan,
  deps: ScenarioDeps,
): Promise<Row[]> {
  const folder = join(deps.dir, 'conversion')
  const converter = await startConverter(place, folder, deps)
  try {
    const [short, medium] = videos as [Video, Video]
    // Programs and code are read for the first time.
    await converter.convert([short])
    const rows: Row[] = []
    for (const video of videos) rows.push(await measure(converter, place.kind, [video], rounds, folder, deps))
    rows.push(await measure(converter, place.kind, [medium, medium], rounds, folder, deps))
    return rows
  } finally {
    await converter.close()
  }
}

async function measure(
  converter: Converter,
  store: string,
  videos: readonly [Video, ...Video[]],
  rounds: number,
  folder: string,
  { say, signal }: ScenarioDeps,
): Promise<Row> {
  const [video] = videos
  const measured: { bare: Cost; ours: Cost & { peakMebibytes: number } }[] = []
  for (let round = 1; round <= rounds; round++) {
    const { sha256: expected, ...bare } = await runBareFfmpeg(video, folder, signal)
    const { sha256, ...ours } = await converter.convert(videos)
    if (sha256.some(hash => hash !== expected))
      throw new Error('the converter and ffmpeg alone made different audio: the comparison has other flags')
    measured.push({ bare, ours })
    say(`  ${store}, ${video.name} x ${videos.length}: ${show(ours)} beside ${show(bare)}`)
  }
  const middle = (read: (one: (typeof measured)[number]) => number) => median(measured.map(read))
  const cost = (read: (one: (typeof measured)[number], what: keyof Cost) => number): Cost => ({
    seconds: middle(one => read(one, 'seconds')),
    cpuSeconds: middle(one => read(one, 'cpuSeconds')),
  })
  return {
    store,
    video: video.name,
    atOnce: videos.length,
    bare: cost(({ bare }, what) => bare[what]),
    ours: cost(({ ours }, what) => ours[what]),
    // Of several at once, for each of them.
    ratio: cost(({ bare, ours }, what) => ours[what] / (bare[what] * videos.length)),
    peakMebibytes: Math.max(...measured.map(({ ours }) => ours.peakMebibytes)),
  }
}

function show({ seconds, cpuSeconds }: Cost): string {
  return `${seconds.toFixed(1)} s (${cpuSeconds.toFixed(2)} s of a processor)`
}

function render(rows: readonly Row[]): string {
  return renderTable(
    [
      'conversion',
      ...[
        'ffmpeg alone (s)',
        'converter (s)',
        'ratio',
        'ffmpeg alone (CPU s)',
        'converter (CPU s)',
        'CPU ratio',
      ],
      'converter, peak MiB',
    ],
    rows.map(({ store, video, atOnce, bare, ours, ratio, peakMebibytes }) => [
      `${store}: ${video}${atOnce === 1 ? '' : `, ${atOnce} at once`}`,
      ...[bare.seconds, ours.seconds, ratio.seconds].map(value => value.toFixed(2)),
      ...[bare.cpuSeconds, ours.cpuSeconds, ratio.cpuSeconds].map(value => value.toFixed(2)),
      peakMebibytes.toFixed(0),
    ]),
  )
}
