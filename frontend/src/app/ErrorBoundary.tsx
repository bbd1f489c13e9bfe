import { Component, type ReactNode } from 'react';
import { FaultPage } from './FaultPage';

/** Catches a mistake in a page's own code: the words say so, and reloading loses nothing that was saved. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { fault: Error | null }> {
  state: { fault: Error | null } = { fault: null };

  static getDerivedStateFromError(fault: Error) {
    return { fault };
  }

  render() {
    if (this.state.fault) return <FaultPage detail={this.state.fault.message} />;
    return this.props.children;
  }
}
