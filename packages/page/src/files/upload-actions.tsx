import { useRef } from 'preact/hooks'
import { Button } from '../look/button.tsx'
import { addFiles, resumeUpload } from '../uploads/add-files.ts'
import { cancelUpload } from '../uploads/run-upload.ts'
import type { Upload } from '../uploads/upload-record.ts'
import { fileTexts } from './file-texts.ts'

/** What can be done with a file that is not at the service yet. */
export function UploadActions({ upload: { record, status } }: { upload: Upload }) {
  const texts = fileTexts().actions
  const input = useRef<HTMLInputElement>(null)
  const name = <span class="visually-hidden">: {record.fileName}</span>
  return (
    <div class="file-actions">
      {status === 'file-needed' && (
        <>
          <input
            ref={input}
            type="file"
            class="visually-hidden"
            tabIndex={-1}
            aria-hidden="true"
            onChange={({ currentTarget }) => {
              addFiles(
                [...(currentTarget.files ?? [])].map(file => ({ file })),
                record.options,
              )
              currentTarget.value = ''
            }}
          />
          <Button isSmall glyph="file" onClick={() => input.current?.click()}>
            {texts.chooseAgain}
            {name}
          </Button>
        </>
      )}
      {status === 'permission-needed' && (
        <Button isSmall glyph="play" onClick={() => void resumeUpload(record.id)}>
          {texts.goOn}
          {name}
        </Button>
      )}
      {status === 'signed-out' && (
        <a class="button small" href="/sign-in">
          {texts.signIn}
        </a>
      )}
      <Button
        kind={status === 'refused' ? 'quiet' : undefined}
        isSmall
        glyph="cancel"
        onClick={() => void cancelUpload(record.id)}
      >
        {status === 'refused' ? texts.dismiss : texts.cancel}
        {name}
      </Button>
    </div>
  )
}
