import type { ConversionOptions } from '@jackalope/contracts'
import type { Source } from './source.ts'

/** Tags that say how a file was made, or how its samples lie, not what it is. Where a phone was when it recorded is nobody's
 *  business. */
const technical =
  /^(major_brand|software|encoding_tool|itun(smpb|pgap).*|time_reference|umid|coding_history|minor_version|compatible_brands|encoder|handler_name|vendor_id|duration.*|_statistics.*|bps.*|number_of_.*|timecode.*|language|metadata_block_picture|com\..*|.*(location|gps).*)$/i

/** How loud a file is: of another one when the loudness is normalized. */
const ofLoudness = /^(replaygain_.*|r128_.*|itunnorm)$/i

/** Longest name and value of a tag, and of all together, in characters: they are arguments of ffmpeg. */
const maxNameLength = 100
const maxValueLength = 16_000
const maxTotalLength = 64_000

/** Arguments for ffmpeg that write the tags: those of the source, unless they are to be dropped, and those of the
 *  options. */
export function tagArguments(options: ConversionOptions, { tags, chosen }: Source): string[] {
  const kept = options.tags === 'drop' ? {} : keepable(tags, options)
  const { title, artist, album } = options
  const written: Record<string, string | undefined> = { ...kept }
  for (const [name, value] of Object.entries({ title, artist, album }))
    if (value !== undefined) {
      for (const other of Object.keys(kept)) if (other.toLowerCase() === name) delete written[other]
      written[name] = value
    }
  const language = options.tags === 'drop' ? undefined : chosen.language
  // Chapters go with the tags; of a part, their times would be those of the whole.
  const hasChapters = options.tags === 'keep' && !options.start && options.end === undefined
  return [
    // Nothing is copied but what is named here, and the chapters with their titles.
    ...['-map_metadata:g', '-1', '-map_metadata:s', '-1', ...(hasChapters ? [] : ['-map_chapters', '-1'])],
    ...Object.entries(written).flatMap(([name, value]) => ['-metadata', `${name}=${value}`]),
    ...(language ? ['-metadata:s:a:0', `language=${language}`] : []),
  ]
}

function keepable(
  tags: Readonly<Record<string, string>>,
  { normalize }: Pick<ConversionOptions, 'normalize'>,
): Record<string, string> {
  let left = maxTotalLength
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(tags)) {
    if (normalize && ofLoudness.test(name)) continue
    if (technical.test(name) || name.length > maxNameLength || /[=\0]/.test(name)) continue
    if (value === '' || value.length > maxValueLength || value.includes('\0')) continue
    left -= name.length + value.length
    if (left < 0) break
    kept[name] = value
  }
  return kept
}
