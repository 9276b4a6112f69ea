import { type AudioTrack, explained } from '@jackalope/contracts'
import { ConverterError } from '../converter-error.ts'
import type { ProbedStream } from './probe.ts'

/** What a track is besides a usual one. Such a track is taken only if there is no other. */
const rolesByDisposition: Record<string, string> = {
  comment: 'commentary',
  visual_impaired: 'description',
  descriptions: 'description',
}

const rolesByTitle: [RegExp, string][] = [
  [/comment(ary|aire)|kommentar/i, 'commentary'],
  [/(audio|video)[ -]?(description|deskription)|described video|hörfilm|visually impaired/i, 'description'],
]

/** ffmpeg's word for a codec that it does not know. */
const unknownCodecs = [undefined, 'none', 'unknown']

/** Longest title of a track that is kept, in characters: a file may hold megabytes. */
const maxTitleLength = 200

/** Longest tag of a language (RFC 5646, 4.4.1), in characters. */
const maxLanguageLength = 35

/** @param number - among the audio tracks, from 1 */
export function describeTrack(stream: ProbedStream, number: number): AudioTrack {
  const { tags, disposition } = stream
  return {
    number,
    language: languageOf(stream),
    title: tags.title?.slice(0, maxTitleLength),
    codec: codecName(stream),
    channels: stream.channels ?? 0,
    isDefault: disposition.default === 1,
    role: roleOf(stream),
  }
}

/** `undefined` where what stands there is no language: it becomes an argument of ffmpeg, whose length is limited. */
export function languageOf({ tags }: ProbedStream): string | undefined {
  return tags.language !== undefined && tags.language.length <= maxLanguageLength ? tags.language : undefined
}

/** The codec's name, or the four letters by which the file calls it. */
export function codecName({ codec_name, codec_tag_string, codec_tag }: ProbedStream): string {
  if (!unknownCodecs.includes(codec_name)) return codec_name ?? 'unknown'
  return codec_tag_string && !codec_tag_string.startsWith('[0]') ? codec_tag_string : (codec_tag ?? 'unknown')
}

function roleOf({ disposition, tags }: ProbedStream): string | undefined {
  for (const [name, role] of Object.entries(rolesByDisposition)) if (disposition[name] === 1) return role
  const title = `${tags.title ?? ''} ${tags.handler_name ?? ''}`
  return rolesByTitle.find(([pattern]) => pattern.test(title))?.[1]
}

/** Samples a second that sound may have, in Hz. Below, nothing can be heard, and a few bytes claim hours, which ffmpeg takes long to
 *  fill in; above, which is beyond DSD1024, it takes long to leave out. */
const soundRates = { lowest: 100, highest: 10_000_000 }

/** Whether a decoder exists, as far as ffprobe shows, and the track has parameters of sound. */
export function isDecodable(stream: ProbedStream): boolean {
  const { channels = 0 } = stream
  return isKnown(stream) && channels > 0 && isOfSound(stream)
}

/** Whether the track's sample rate is that of a recording. */
export function isOfSound({ sample_rate = 0 }: ProbedStream): boolean {
  return sample_rate >= soundRates.lowest && sample_rate <= soundRates.highest
}

/** Whether ffmpeg knows the codec. */
export function isKnown({ codec_name }: ProbedStream): boolean {
  return !unknownCodecs.includes(codec_name)
}

/** Audio tracks in the order in which they are tried: the default one, then in the order of the file; a commentary or a
 *  description comes after all others. A wanted track is the only one.
 *  @param wanted - number, or language
 *  @throws {ConverterError} `ERR_TRACK_MISSING` */
export function rankTracks(tracks: readonly AudioTrack[], wanted?: number | string): AudioTrack[] {
  const candidates =
    wanted === undefined
      ? [...tracks]
      : tracks.filter(({ number, language }) =>
          typeof wanted === 'number' ? number === wanted : isSameLanguage(language, wanted),
        )
  if (candidates.length === 0 && wanted !== undefined) throw trackMissing(tracks, wanted)
  const rank = ({ role, isDefault }: AudioTrack) => (role ? 2 : 0) + (isDefault ? 0 : 1)
  return candidates.toSorted((a, b) => rank(a) - rank(b) || a.number - b.number)
}

/** Compares language codes of two and three letters: "de", "deu" and "ger" are one. */
function isSameLanguage(one: string | undefined, other: string): boolean {
  return one !== undefined && canonical(one) === canonical(other)
}

function canonical(language: string): string {
  try {
    return new Intl.Locale(language).language
  } catch {
    return language.toLowerCase()
  }
}

function trackMissing(tracks: readonly AudioTrack[], wanted: number | string): ConverterError {
  const there = tracks.map(({ number, language }) => (language ? `${number} (${language})` : String(number)))
  const list = shorten(there)
  const told =
    typeof wanted === 'number'
      ? explained('track-missing', { track: wanted, tracks: list })
      : explained('language-missing', { language: wanted, tracks: list })
  return new ConverterError('ERR_TRACK_MISSING', told)
}

const maxListed = 20

function shorten(list: string[]): string {
  return list.length > maxListed ? `${list.slice(0, maxListed).join(', ')}, …` : list.join(', ')
}
