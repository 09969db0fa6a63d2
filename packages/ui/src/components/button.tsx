import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className'> {
  /** `primary` is for the one thing that most needs doing. */
  readonly variant?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly size?: 'normal' | 'small';
  /** The key that does the same, shown beside the text. */
  readonly shortcut?: string;
  readonly className?: string;
  readonly children?: ReactNode;
}

export function Button({
  variant = 'plain',
  size = 'normal',
  shortcut,
  className = '',
  children,
  ...rest
}: ButtonProps): ReactNode {
  return (
    <AriaButton {...rest} className={`ll-button ll-button-${variant} ll-button-${size} ${className}`}>
      {children}
      {shortcut === undefined ? null : (
        <span className="ll-key" aria-hidden="true">
          {shortcut}
        </span>
      )}
    </AriaButton>
  );
}
