import { ConfigError } from '@jackalope/service-kit'
import { fileAddress } from '../tools/input-options.ts'
import { runProgram } from '../tools/run-program.ts'
import { globalOptions } from './encode-audio.ts'
import { measuringFilter } from './encode-loudness.ts'
import { filterChain } from './output-filters.ts'
import { evenTimes } from './output-plan.ts'

/** First version that is known to have all. 4.4 knows no `latency` of the limiter. */
const firstVersion = '5.0'

/** Surround that would overload: every filter takes part. */
const filters = [
  'anullsrc=r=48000:cl=5.1',
  filterChain({
    ...{ fillsGaps: true, start: 0, end: 1, channels: 2, source: { channels: 6, layout: '5.1' } },
    loudness: { integratedLufs: -40, truePeakDecibels: 0, isSilence: false },
  }),
  measuringFilter,
]

/** Checks that ffmpeg knows what it will be told: a tenth of a second of silence goes through all filters and options.
 *  @throws {ConfigError} that says what to install */
export async function checkFeatures(ffmpegPath: string): Promise<void> {
  const { exitCode, signal, stderr } = await runProgram(ffmpegPath, [
    ...[...globalOptions, '-filter_complex', `${filters.join(',')}[out]`, '-map', '[out]', '-t', '0.1'],
    ...['-bsf:a', evenTimes, '-c:a', 'pcm_s16le', '-f', 'null', fileAddress('/dev/null')],
  ])
  if (exitCode === 0) return
  const [complaint = ''] = stderr.trim().split('\n')
  throw new ConfigError([
    `FFMPEG_PATH: ${ffmpegPath} cannot do what conversions need (${complaint || `it ended with ${exitCode ?? signal}`}); install ffmpeg ${firstVersion} or later`,
  ])
}
