import type { ChosenTrack } from './source.ts'

/** What the channels of a track are. */
export type Channels = Pick<ChosenTrack, 'channels' | 'layout'>

/** Loudspeakers of which ffmpeg wants both or none. */
const pairs = [
  ['FL', 'FR'],
  ['SL', 'SR'],
  ['BL', 'BR'],
  ['FLC', 'FRC'],
]
const front = ['FL', 'FR', 'FC']

/** Whether ffmpeg knows how to mix such channels: some loudspeaker is in front, and none lacks its other side. A layout without a
 *  name is given as its loudspeakers, `2 channels (BL+BR)`. */
export function isMixable({ layout = '' }: Channels): boolean {
  if (isAmbisonic({ layout })) return false
  const [, list] = /^\d+ channels \((.+)\)$/.exec(layout) ?? []
  if (list === undefined) return true
  const speakers = list.split('+').map(name => name.replace(/@.*/, ''))
  const has = (name: string | undefined) => speakers.some(speaker => speaker === name)
  return front.some(has) && pairs.every(([left, right]) => has(left) === has(right))
}

/** Whether the channels are a field of sound, as those of a video to look around in. */
export function isAmbisonic({ layout }: Pick<Channels, 'layout'>): boolean {
  return layout?.startsWith('ambisonic') ?? false
}
