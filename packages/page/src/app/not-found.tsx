import { frameTexts } from './frame-texts.ts'
import { View } from './view.tsx'

export function NotFound() {
  const texts = frameTexts().notFound
  return (
    <View title={texts.title}>
      <p>{texts.text}</p>
      <p>
        <a href="/">{texts.home}</a>
      </p>
    </View>
  )
}
