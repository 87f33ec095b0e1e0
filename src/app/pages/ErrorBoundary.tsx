import { Component, type ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
  /** Drawn instead of what failed. */
  readonly instead: (message: string, resume: () => void) => ReactNode;
}

/** Catches what a part of the screen throws while it is drawn, so that the work can still be saved. */
export class ErrorBoundary extends Component<Props, { readonly message: string | undefined }> {
  override state: { readonly message: string | undefined } = { message: undefined };

  static getDerivedStateFromError(error: unknown): { readonly message: string } {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { message } = this.state;
    if (message === undefined) return this.props.children;
    return this.props.instead(message, () => this.setState({ message: undefined }));
  }
}
