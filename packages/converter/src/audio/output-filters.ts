import type { Channels } from './channel-layout.ts'
import { downmixFilters } from './downmix.ts'
import type { Loudness } from './loudness.ts'

/** Loudness of normalized audio, in LUFS (EBU R128). */
const targetLufs = -23

/** Highest sample of normalized audio, in dB of full scale. The peak between samples, and what a codec adds to it, stay
 *  below the -1 dB of EBU R128. */
const maxPeakDecibels = -2

export interface FilterOptions {
  /** Whether gaps between time stamps are filled with silence. */
  fillsGaps: boolean
  start?: number | undefined
  end?: number | undefined
  channels: number
  /** The track that is read. */
  source: Channels
  /** Loudness of the audio, as measured, if it is to be normalized. */
  loudness?: Loudness | undefined
}

/** The chain of filters from the decoded track to the encoder. */
export function filterChain(options: FilterOptions): string {
  return [...soundFilters(options), ...gainFilters(options.loudness)].join(',')
}

/** The filters before the gain: what is measured. */
export function soundFilters({ fillsGaps, start, end, channels, source }: FilterOptions): string[] {
  const bounds = [start ? `start=${start}` : '', end === undefined ? '' : `end=${end}`].filter(Boolean)
  return [
    ...(fillsGaps ? ['aresample=async=1'] : []),
    ...(bounds.length > 0 ? [`atrim=${bounds.join(':')}`] : []),
    // Sound follows sound: an output that keeps time stamps would begin with the silence before a late track, and would
    // jump where a recording goes back in time.
    'asetpts=N/SR/TB',
    ...downmixFilters(source, channels),
  ]
}

/** One gain for the whole recording; a limiter where it would overload. */
function gainFilters(loudness: Loudness | undefined): string[] {
  if (!loudness || loudness.isSilence) return []
  const gain = targetLufs - loudness.integratedLufs
  const isOverloaded = loudness.truePeakDecibels + gain > maxPeakDecibels
  const limit = (10 ** (maxPeakDecibels / 20)).toFixed(4)
  return [
    `volume=${gain.toFixed(2)}dB`,
    ...(isOverloaded ? [`alimiter=limit=${limit}:level=disabled:latency=1`] : []),
  ]
}
