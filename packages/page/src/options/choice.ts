import {
  type AudioFormat,
  bitrates,
  maxMp3Kilobits,
  maxOpusMonoKilobits,
  sampleRates,
} from '@jackalope/contracts/conversion-choices'

/** What the audio is to be, as the form has it. An empty text leaves the choice to the service. */
export interface Choice {
  format: AudioFormat
  /** In kbit/s. */
  bitrate: string
  /** In Hz. */
  sampleRate: string
  channels: '' | '1' | '2'
  /** Number or language. */
  track: string
  /** `1:02:03`, `62.5` */
  start: string
  end: string
  normalize: boolean
  title: string
  artist: string
  album: string
  keepsTags: boolean
  keepsCover: boolean
  deliversDamaged: boolean
}

export const defaultChoice: Choice = {
  format: 'mp3',
  bitrate: '',
  sampleRate: '',
  channels: '',
  track: '',
  start: '',
  end: '',
  normalize: false,
  title: '',
  artist: '',
  album: '',
  keepsTags: true,
  keepsCover: true,
  deliversDamaged: true,
}

/** Sample rate and channels that an MP3 has if nothing else is chosen. */
const defaultMp3Rate = 44_100

const offeredBitrates = [32, 48, 64, 96, 128, 160, 192, 224, 256, 320]
const offeredRates = [8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000]

/** Bit rates that can be chosen beside the rest of a choice, in kbit/s; none for formats that lose nothing. */
export function bitratesOf({
  format,
  sampleRate,
  channels,
}: Pick<Choice, 'format' | 'sampleRate' | 'channels'>): number[] {
  const range = bitrates[format]
  if (!range) return []
  const highest = [
    range.max,
    format === 'mp3' ? maxMp3Kilobits(Number(sampleRate) || defaultMp3Rate) : range.max,
    format === 'opus' && channels === '1' ? maxOpusMonoKilobits : range.max,
  ]
  return offeredBitrates.filter(rate => rate >= range.min && rate <= Math.min(...highest))
}

/** Sample rates that a format can have, in Hz. */
export function sampleRatesOf(format: AudioFormat): number[] {
  const known = sampleRates[format]
  return known ? offeredRates.filter(rate => known.includes(rate)) : offeredRates
}

/** A choice after a change: what does not fit together any more is left to the service. */
export function change(choice: Choice, changed: Partial<Choice>): Choice {
  const next = { ...choice, ...changed }
  if (!sampleRatesOf(next.format).includes(Number(next.sampleRate))) next.sampleRate = ''
  if (!bitratesOf(next).includes(Number(next.bitrate))) next.bitrate = ''
  return next
}

/** A time such as `1:02:03`, `2:03` or `62.5`, in seconds; `undefined` if it is none. */
export function parseTime(text: string): number | undefined {
  const trimmed = text.trim().replace(',', '.')
  if (!/^(\d{1,3}:){0,2}\d{1,6}(\.\d{1,3})?$/.test(trimmed)) return undefined
  const seconds = trimmed.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  return Math.round(seconds * 1_000) / 1_000
}

export type ChoiceFault = 'track' | 'start' | 'end' | 'end-before-start'

/** What is wrong with the texts of a choice. */
export function faultsOf({ track, start, end }: Choice): ChoiceFault[] {
  const faults: ChoiceFault[] = []
  const from = start === '' ? 0 : parseTime(start)
  const to = end === '' ? Number.POSITIVE_INFINITY : parseTime(end)
  if (track !== '' && !/^([1-9]\d{0,2}|1000|[a-z]{2,3})$/i.test(track.trim())) faults.push('track')
  if (from === undefined) faults.push('start')
  if (to === undefined) faults.push('end')
  else if (from !== undefined && to <= from) faults.push('end-before-start')
  return faults
}

/** The options of the API that a choice stands for; what the service does anyway is left out. */
export function optionsOf(choice: Choice): Record<string, string> {
  const { format, bitrate, sampleRate, channels, track, start, end, title, artist, album } = choice
  const texts: Record<string, string | undefined> = {
    format,
    bitrate,
    sampleRate,
    channels,
    track: track.trim().toLowerCase(),
    start: timeOf(start),
    end: timeOf(end),
    normalize: choice.normalize ? 'true' : '',
    title: title.trim(),
    artist: artist.trim(),
    album: album.trim(),
    tags: choice.keepsTags ? '' : 'drop',
    cover: choice.keepsCover ? '' : 'drop',
    onDamage: choice.deliversDamaged ? '' : 'fail',
  }
  return Object.fromEntries(
    Object.entries(texts).filter((entry): entry is [string, string] => Boolean(entry[1])),
  )
}

function timeOf(text: string): string | undefined {
  return text === '' ? undefined : parseTime(text)?.toString()
}
