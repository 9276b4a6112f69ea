/** Channels of the largest layout that has one meaning everywhere: 7.1. */
const maxKnownChannels = 8

/** The level of a channel that goes to both sides, such as the center: -3 dB. */
const centerLevel = Math.SQRT1_2

/** Highest sample after the channels were added up, in dB of full scale; what an encoder adds stays below 0. */
const maxPeakDecibels = -1.5

/** Filters that make stereo or mono of what a track holds, at a level that does not depend on its codec: integers would
 *  be scaled down by ffmpeg so that no sum can overload, floating point not at all. All is added up in floating point,
 *  with the center at -3 dB; peaks that overload are limited.
 *  @param channels - of the track
 *  @param wanted - 1 or 2 */
export function downmixFilters(channels: number, wanted: number): string[] {
  const layout = wanted === 1 ? 'mono' : 'stereo'
  if (channels < wanted || channels <= 1 || channels === wanted) return [`aformat=channel_layouts=${layout}`]
  const limit = (10 ** (maxPeakDecibels / 20)).toFixed(4)
  return [
    ...toStereo(channels),
    ...(channels > 2 ? [`alimiter=limit=${limit}:level=disabled:latency=1`] : []),
    ...(wanted === 1 ? ['pan=mono|c0=0.5*c0+0.5*c1'] : []),
    `aformat=channel_layouts=${layout}`,
  ]
}

/** More channels than a layout has are those of a mixing desk: each goes to both sides. */
function toStereo(channels: number): string[] {
  if (channels <= maxKnownChannels) return ['aformat=sample_fmts=fltp:channel_layouts=stereo']
  const sum = Array.from({ length: channels }, (_, i) => `${centerLevel.toFixed(3)}*c${i}`).join('+')
  return ['aformat=sample_fmts=fltp', `pan=stereo|c0=${sum}|c1=${sum}`]
}
