import { useEffect } from 'preact/hooks'
import { user } from '../api/session.ts'
import { View } from '../app/view.tsx'
import { wordError } from '../files/word-error.ts'
import { Notice } from '../look/notice.tsx'
import { OptionsForm } from '../options/options-form.tsx'
import { DropZone } from './drop-zone.tsx'
import { farewell } from './farewell.ts'
import { FileList } from './file-list.tsx'
import { homeTexts } from './home-texts.ts'
import { takeFailure } from './take-files.ts'
import { takeShared } from './take-shared.ts'
import { Visitor } from './visitor.tsx'
import './home.css'

/** The start: drop a video, get the audio. */
export function Home() {
  const texts = homeTexts()
  const failure = takeFailure.value
  const isUserKnown = user.value !== undefined
  useEffect(() => {
    if (isUserKnown) void takeShared().catch(() => {})
  }, [isUserKnown])
  useEffect(
    () => () => {
      farewell.value = undefined
    },
    [],
  )
  return (
    <View title={texts.title}>
      {farewell.value !== undefined && (
        <Notice kind="good" isAlert>
          <p>{farewell.value}</p>
        </Notice>
      )}
      <DropZone />
      {failure !== undefined && (
        <Notice kind="bad">
          <p>{typeof failure === 'string' ? failure : wordError(failure)}</p>
        </Notice>
      )}
      <Visitor />
      <OptionsForm />
      <FileList />
      {!user.value && <Steps />}
    </View>
  )
}

function Steps() {
  const { title, drop, convert, get } = homeTexts().steps
  return (
    <section class="steps" aria-labelledby="steps-title">
      <h2 id="steps-title">{title}</h2>
      <ol>
        {[drop, convert, get].map(text => (
          <li key={text}>{text}</li>
        ))}
      </ol>
    </section>
  )
}
