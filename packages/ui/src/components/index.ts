export { Button, type ButtonProps } from './button.js';
export {
  type Choice,
  Segmented,
  type SegmentedProps,
  TextAreaInput,
  type TextAreaInputProps,
  TextInput,
  type TextInputProps,
} from './fields.js';
export { LampMark, PriorityMark, UnitMarkIcon } from './marks.js';
export { ModalDialog, type ModalDialogProps } from './modal-dialog.js';
export { Notice } from './notice.js';
export { SelectInput, type SelectInputProps } from './select-input.js';
