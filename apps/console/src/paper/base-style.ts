import type { UiLocale } from '@lamplight/ui';
import type { StyleSpecification } from 'maplibre-gl';

/** The server's base map by day, which is how it looks on white paper; rejects when it cannot be had. */
export async function baseStyle(locale: UiLocale): Promise<StyleSpecification> {
  const response = await fetch(`/api/v1/map/style?theme=day&language=${locale}`);
  if (!response.ok) throw new Error(`the map's style: ${response.status}`);
  return await response.json();
}
