import { View } from '../app/view.tsx'

export function DeadLetters() {
  return <View title="Dead letters">{null}</View>
}
