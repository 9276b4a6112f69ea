import { View } from '../app/view.tsx'

export function History() {
  return <View title="History">{null}</View>
}
