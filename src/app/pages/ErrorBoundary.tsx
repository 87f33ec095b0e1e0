import { Component, type ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
  /** Drawn instead of what failed. */
  readonly instead: (message: string, resume: () => void) => ReactNode;
}

/**
 * Catches what a part of the screen throws while it is drawn, and what our code throws while it answers a key or a click, so
 * that the work can still be saved.
 */
export class ErrorBoundary extends Component<Props, { readonly message: string | undefined }> {
  override state: { readonly message: string | undefined } = { message: undefined };

  static getDerivedStateFromError(error: unknown): { readonly message: string } {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override componentDidMount(): void {
    addEventListener('error', this.onError);
  }

  override componentWillUnmount(): void {
    removeEventListener('error', this.onError);
  }

  /** Scripts of others (the browser's add-ons) throw on the page, too: that is no matter of ours. */
  private readonly onError = ({ error }: ErrorEvent): void => {
    if (error instanceof Error && error.stack?.includes(location.origin)) this.setState(ErrorBoundary.getDerivedStateFromError(error));
  };

  override render(): ReactNode {
    const { message } = this.state;
    if (message === undefined) return this.props.children;
    return this.props.instead(message, () => this.setState({ message: undefined }));
  }
}
