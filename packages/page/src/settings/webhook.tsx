import { View } from '../app/view.tsx'

export function Webhook() {
  return <View title="Webhook">{null}</View>
}
