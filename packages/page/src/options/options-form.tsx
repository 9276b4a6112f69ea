import { audioFormats, maxTextLength } from '@jackalope/contracts/conversion-choices'
import { signal } from '@preact/signals'
import { Button } from '../look/button.tsx'
import { CheckField, SelectField, TextField } from '../look/field.tsx'
import { options as de } from '../texts/de/options.ts'
import { options as en } from '../texts/en/options.ts'
import { inLanguage, language } from '../texts/language.ts'
import {
  bitratesOf,
  type Choice,
  change,
  defaultChoice,
  faultsOf,
  optionsOf,
  sampleRatesOf,
} from './choice.ts'
import './options.css'

const optionTexts = inLanguage({ en, de })

/** What the next files are to become. */
export const choice = signal<Choice>(defaultChoice)

function set(changed: Partial<Choice>): void {
  choice.value = change(choice.value, changed)
}

/** What can be chosen of the audio: the format in sight, the rest folded away. */
export function OptionsForm() {
  const texts = optionTexts()
  const isChanged = Object.keys(optionsOf({ ...choice.value, format: 'mp3' })).length > 1
  return (
    <div class="options">
      <fieldset class="formats">
        <legend class="legend">{texts.format}</legend>
        {audioFormats.map(format => (
          <label key={format} class="format">
            <input
              type="radio"
              name="format"
              value={format}
              checked={choice.value.format === format}
              onChange={() => set({ format })}
            />
            <span class="format-name">{texts.formats[format].name}</span>
            <span class="format-hint">{texts.formats[format].hint}</span>
          </label>
        ))}
      </fieldset>
      <details class="more-options">
        <summary>
          {texts.more}
          {isChanged && <span class="tag warning">{texts.changed}</span>}
        </summary>
        <div class="option-grid">
          <SoundOptions />
          <PartOptions />
          <TagOptions />
          {isChanged && (
            <Button
              isSmall
              glyph="retry"
              onClick={() => {
                choice.value = { ...defaultChoice, format: choice.value.format }
              }}
            >
              {texts.reset}
            </Button>
          )}
        </div>
      </details>
    </div>
  )
}

function SoundOptions() {
  const texts = optionTexts()
  const { value } = choice
  const numbers = new Intl.NumberFormat(language.value)
  const automatic = { value: '', text: texts.automatic }
  const rates = bitratesOf(value)
  return (
    <>
      {rates.length > 0 && (
        <SelectField
          label={texts.bitrate}
          hint={texts.bitrateHint}
          value={value.bitrate}
          options={[
            automatic,
            ...rates.map(rate => ({ value: String(rate), text: texts.kilobits(numbers.format(rate)) })),
          ]}
          onChange={bitrate => set({ bitrate })}
        />
      )}
      <SelectField
        label={texts.sampleRate}
        value={value.sampleRate}
        options={[
          automatic,
          ...sampleRatesOf(value.format).map(rate => ({
            value: String(rate),
            text: texts.hertz(numbers.format(rate)),
          })),
        ]}
        onChange={sampleRate => set({ sampleRate })}
      />
      <SelectField<Choice['channels']>
        label={texts.channels}
        value={value.channels}
        options={[
          { value: '', text: texts.automatic },
          { value: '1', text: texts.mono },
          { value: '2', text: texts.stereo },
        ]}
        onChange={channels => set({ channels })}
      />
      <CheckField
        label={texts.normalize}
        isChecked={value.normalize}
        onChange={normalize => set({ normalize })}
      />
    </>
  )
}

function PartOptions() {
  const texts = optionTexts()
  const { track, start, end, deliversDamaged } = choice.value
  const faults = faultsOf(choice.value)
  const faultOf = (...names: (typeof faults)[number][]) => {
    const found = names.find(name => faults.includes(name))
    return found && texts.faults[found]
  }
  return (
    <>
      <TextField
        label={texts.track}
        hint={texts.trackHint}
        error={faultOf('track')}
        value={track}
        maxLength={4}
        onInput={text => set({ track: text })}
      />
      <fieldset class="part">
        <legend class="legend">{texts.part}</legend>
        <TextField
          label={texts.start}
          error={faultOf('start')}
          value={start}
          maxLength={12}
          inputMode="text"
          placeholder="0:00"
          onInput={text => set({ start: text })}
        />
        <TextField
          label={texts.end}
          error={faultOf('end', 'end-before-start')}
          value={end}
          maxLength={12}
          onInput={text => set({ end: text })}
        />
        <p class="field-hint">{texts.timeHint}</p>
      </fieldset>
      <CheckField
        label={texts.deliverDamaged}
        isChecked={deliversDamaged}
        onChange={isChecked => set({ deliversDamaged: isChecked })}
      />
    </>
  )
}

function TagOptions() {
  const texts = optionTexts()
  const { title, artist, album, keepsTags, keepsCover } = choice.value
  return (
    <fieldset class="tags">
      <legend class="legend">{texts.tags}</legend>
      <TextField
        label={texts.title}
        value={title}
        maxLength={maxTextLength}
        onInput={text => set({ title: text })}
      />
      <TextField
        label={texts.artist}
        value={artist}
        maxLength={maxTextLength}
        onInput={text => set({ artist: text })}
      />
      <TextField
        label={texts.album}
        value={album}
        maxLength={maxTextLength}
        onInput={text => set({ album: text })}
      />
      <p class="field-hint">{texts.tagsHint}</p>
      <CheckField
        label={texts.keepTags}
        isChecked={keepsTags}
        onChange={isChecked => set({ keepsTags: isChecked })}
      />
      <CheckField
        label={texts.keepCover}
        isChecked={keepsCover}
        onChange={isChecked => set({ keepsCover: isChecked })}
      />
    </fieldset>
  )
}
