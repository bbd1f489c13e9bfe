package storage_test
func writeBatches(dir string) error { return nil }
func createWorkspace(dir string) error { return nil }
