import type { PresetId } from '../../shared/link/presets.ts';
import { m } from '../paraglide/messages.js';

const NAMES: Readonly<Record<PresetId, () => string>> = {
  perfect: m.linkseat_preset_perfect,
  fibre: m.linkseat_preset_fibre,
  '4g': m.linkseat_preset_4g,
  '3g': m.linkseat_preset_3g,
  edge: m.linkseat_preset_edge,
  satellite: m.linkseat_preset_satellite,
  wifi: m.linkseat_preset_wifi,
  storm: m.linkseat_preset_storm,
};

/** A kind of link that people know, by name. */
export const presetName = (id: PresetId): string => NAMES[id]();
