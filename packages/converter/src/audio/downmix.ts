import { type Channels, isAmbisonic, isMixable } from './channel-layout.ts'

/** Channels of the largest layout that has one meaning everywhere: 7.1. */
const maxKnownChannels = 8

/** The level of a channel that goes to both sides, such as the center: -3 dB. */
const centerLevel = Math.SQRT1_2

/** Highest sample after the channels were added up, in dB of full scale; what an encoder adds stays below 0. */
const maxPeakDecibels = -1.5

/** Filters that make stereo or mono of what a track holds, at a level that does not depend on its codec: integers would
 *  be scaled down by ffmpeg so that no sum can overload, floating point not at all. All is added up in floating point,
 *  with the center at -3 dB; peaks that overload are limited.
 *  @param source - of the track
 *  @param wanted - 1 or 2 */
export function downmixFilters(source: Channels, wanted: number): string[] {
  const { channels } = source
  const layout = wanted === 1 ? 'mono' : 'stereo'
  const isPlain = channels < wanted || channels <= 1 || (channels === wanted && isMixable(source))
  if (isPlain) return [`aformat=channel_layouts=${layout}`]
  const limit = (10 ** (maxPeakDecibels / 20)).toFixed(4)
  return [
    ...toStereo(source),
    ...(channels > 2 ? [`alimiter=limit=${limit}:level=disabled:latency=1`] : []),
    ...(wanted === 1 ? ['pan=mono|c0=0.5*c0+0.5*c1'] : []),
    `aformat=channel_layouts=${layout}`,
  ]
}

function toStereo(source: Channels): string[] {
  const { channels } = source
  if (isAmbisonic(source)) return fieldToStereo(source)
  if (channels <= maxKnownChannels && isMixable(source))
    return ['aformat=sample_fmts=fltp:channel_layouts=stereo']
  // Of two loudspeakers, the first one is the left one, whatever they are called.
  if (channels === 2) return ['channelmap=map=0|1:channel_layout=stereo']
  // More channels than a layout has are those of a mixing desk: each goes to both sides.
  const sum = Array.from({ length: channels }, (_, i) => `${centerLevel.toFixed(3)}*c${i}`).join('+')
  return ['aformat=sample_fmts=fltp', `pan=stereo|c0=${sum}|c1=${sum}`]
}

/** Two microphones, one to each side (AmbiX): the first channel is the sound from everywhere, the second what is more on the left. A
 *  stereo track that does not turn with the viewer may be behind them. */
function fieldToStereo({ channels, layout = '' }: Channels): string[] {
  const [left, right] = layout.endsWith('+stereo') ? [`+c${channels - 2}`, `+c${channels - 1}`] : ['', '']
  const all = `${centerLevel.toFixed(3)}*c0`
  return ['aformat=sample_fmts=fltp', `pan=stereo|c0=${all}+0.5*c1${left}|c1=${all}-0.5*c1${right}`]
}
