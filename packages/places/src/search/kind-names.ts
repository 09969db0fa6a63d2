import type { Bilingual } from '../model.js';
import type { CandidateKind } from './candidate.js';

/** What people call each kind of answer. */
export const KIND_NAMES: Readonly<Record<CandidateKind, Bilingual>> = {
  region: { en: 'Region', 'zh-CN': '行政区域' },
  settlement: { en: 'Town', 'zh-CN': '城镇' },
  quarter: { en: 'District', 'zh-CN': '片区' },
  locality: { en: 'Locality', 'zh-CN': '地点' },
  postcode: { en: 'Postcode', 'zh-CN': '邮政编码' },
  street: { en: 'Street', 'zh-CN': '道路' },
  transport: { en: 'Transport', 'zh-CN': '交通设施' },
  health: { en: 'Health', 'zh-CN': '医疗' },
  education: { en: 'Education', 'zh-CN': '教育' },
  emergency: { en: 'Emergency service', 'zh-CN': '应急机构' },
  food: { en: 'Food and drink', 'zh-CN': '餐饮' },
  shop: { en: 'Shop', 'zh-CN': '商店' },
  lodging: { en: 'Lodging', 'zh-CN': '住宿' },
  leisure: { en: 'Leisure', 'zh-CN': '休闲' },
  worship: { en: 'Place of worship', 'zh-CN': '宗教场所' },
  office: { en: 'Office', 'zh-CN': '单位' },
  building: { en: 'Building', 'zh-CN': '建筑' },
  nature: { en: 'Nature', 'zh-CN': '自然地物' },
  other: { en: 'Place', 'zh-CN': '地点' },
  address: { en: 'Address', 'zh-CN': '地址' },
  intersection: { en: 'Intersection', 'zh-CN': '路口' },
  post: { en: 'Post', 'zh-CN': '标识杆' },
  coordinates: { en: 'Coordinates', 'zh-CN': '坐标' },
};
