import { type BlobStore, openBlobStore, sweepHourly } from '@jackalope/blob-store'
import { audioReady, convertVideo } from '@jackalope/contracts'
import {
  ConfigError,
  createHttpApp,
  healthRoutes,
  processName,
  type StartContext,
  serve,
  waitFor,
  withJobLog,
} from '@jackalope/service-kit'
import { connect, type Kit } from '@jackalope/worker-kit'
import { observeKit } from '@jackalope/worker-kit/metrics'
import { checkFeatures } from './audio/check-features.ts'
import type { ConverterConfig } from './config.ts'
import { type Fitness, watchFitness } from './fitness/fitness.ts'
import { createConvertVideoHandler } from './job/convert-video-handler.ts'
import { endAttempts } from './job/end-attempt.ts'
import { createIntake } from './job/intake.ts'
import { runSuspectsAlone } from './job/run-suspects-alone.ts'
import { checkTools } from './tools/check-tools.ts'
import { openJail } from './tools/jail/jail.ts'
import { isMemoryShort, memoryForEach, memoryLimitBytes } from './tools/memory.ts'
import { ensureFreeSpace } from './work-folder/free-space.ts'
import { openWorkFolder } from './work-folder/work-folder.ts'

/** Time for closing connections after the drain, in milliseconds. */
const endingMs = 15_000

/** Longest shutdown, in milliseconds: the drain and closing connections. */
export function closeTimeoutMs({ DRAIN_SECONDS }: Pick<ConverterConfig, 'DRAIN_SECONDS'>): number {
  return DRAIN_SECONDS * 1_000 + endingMs
}

/** Bytes that must be free on the disks, or the converter takes no jobs. */
const leastBytes = 64 * 1024 * 1024

/** Lock duration of jobs, in milliseconds: a dead converter loses its jobs after this time. */
const lockDurationMs = 10_000

export interface StartConverterOptions {
  /** Prefix of queues and keys, for tests. @default worker-kit's */
  prefix?: string
  /** Prefix of the names of the stores of blobs, for tests. @default none */
  storePrefix?: string
}

/** Answers health probes, waits for RabbitMQ and Redis, then converts videos until it is closed.
 *  @throws {ConfigError} if ffmpeg or ffprobe do not run */
export async function startConverter(
  { config, logger, resources, metrics, shutdown }: StartContext<ConverterConfig>,
  { prefix, storePrefix = '' }: StartConverterOptions = {},
): Promise<{ url: string }> {
  const versions = await checkTools(config)
  await checkFeatures(config.FFMPEG_PATH)
  const workFolder = resources.use(await openWorkFolder(config.WORK_DIR).catch(refuseFolder))
  const { FFMPEG_PATH: ffmpegPath, FFPROBE_PATH: ffprobePath, CONCURRENCY: concurrency } = config
  const memory = memoryLimitBytes()
  const memoryBytes = memoryForEach(memory, concurrency)
  const jail = resources.use(
    await openJail({ work: workFolder.path, programs: [ffmpegPath, ffprobePath], memoryBytes }),
  )
  logger.info(
    {
      ...versions,
      ...{ workFolder: workFolder.path, concurrency, toolsHave: jail.holds },
      ...{ memoryMebibytes: mebibytes(memory), toolMebibytes: mebibytes(memoryBytes) },
    },
    'starting',
  )
  if (isMemoryShort(memory, concurrency))
    logger.warn(
      'CONCURRENCY is too high for the memory: hostile files may end the converter. Lower it, or give more',
    )

  const place = { kind: config.BLOB_STORE, url: config.MONGODB_URL, dir: config.BLOB_DIR }
  const openStore = (name: string) =>
    resources.use(openBlobStore({ place, name: storePrefix + name, logger }))
  const videos = openStore('videos')
  const audios = openStore('mp3s')
  sweepHourly(audios, { what: 'audio files', logger, signal: shutdown })

  let kit: Kit | undefined
  let fitness: Fitness | undefined
  const app = createHttpApp({ logger })
  const checks = {
    jobs: () => checkKit(kit),
    blobs: () => checkStores(videos, audios),
    work: async () => await fitness?.check(),
  }
  app.use(healthRoutes({ checks, logger, shutdown }))
  const { url } = resources.use(await serve(app, { host: config.HOST, port: config.PORT, logger }))

  const { AMQP_URL: amqpUrl, REDIS_URL: redisUrl } = config
  const attempt = () => connect({ amqpUrl, redisUrl, prefix, logger })
  const connected = await waitFor('RabbitMQ and Redis', attempt, { logger, signal: shutdown })
  resources.defer(() => connected.close({ timeoutMs: config.DRAIN_SECONDS * 1_000 }))
  kit = connected
  observeKit(connected, { register: metrics })
  const handler = createConvertVideoHandler({
    videos,
    audios,
    workFolder,
    audioReadyQueue: connected.queue(audioReady),
    jail,
    tools: {
      ffmpegPath,
      ffprobePath,
      maxAudioSeconds: config.MAX_AUDIO_SECONDS,
      maxAudioBytes: config.MAX_AUDIO_BYTES,
    },
    logger,
  })
  const convert = endAttempts(handler, {
    videos,
    patienceMs: config.PATIENCE_HOURS * 3_600_000,
    suspect: error => fitness?.suspect(error),
    prove: () => fitness?.prove(),
    logger,
  })
  const intake = createIntake({ pause: () => worker.pause(), resume: () => worker.resume() })
  const runCarefully = runSuspectsAlone(convert, { intake: intake.createSwitch(), shutdown, logger })
  const worker = connected.work(convertVideo, withJobLog(runCarefully), {
    name: processName(),
    concurrency,
    lockDurationMs,
  })
  fitness = watchFitness({
    checks: [
      () => workFolder.withJobFolder(folder => ensureFreeSpace(folder, leastBytes)),
      () => checkStores(videos, audios),
      () => audios.ensureRoom(leastBytes),
    ],
    thoroughChecks: [async () => void (await checkTools(config))],
    worker: intake.createSwitch(),
    logger,
    signal: shutdown,
  })
  return { url }
}

function refuseFolder(error: Error): never {
  throw new ConfigError([`WORK_DIR: cannot be used: ${error.message}`])
}

async function checkKit(kit: Kit | undefined): Promise<void> {
  if (!kit) throw new Error('not connected yet')
  await kit.check()
}

function mebibytes(bytes: number): number {
  return Math.floor(bytes / 1024 ** 2)
}

async function checkStores(...stores: BlobStore[]): Promise<void> {
  await Promise.all(stores.map(store => store.ping()))
}
