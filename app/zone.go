package app

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// zoneOfSystem finds the IANA name behind Go's "Local": on Unix /etc/localtime
// is a link into the zone database.
func zoneOfSystem() string {
	if path, err := filepath.EvalSymlinks("/etc/localtime"); err == nil {
		if _, name, ok := strings.Cut(filepath.ToSlash(path), "zoneinfo/"); ok {
			if _, err := time.LoadLocation(name); err == nil {
				return name
			}
		}
	}
	if data, err := os.ReadFile("/etc/timezone"); err == nil {
		if name := strings.TrimSpace(string(data)); name != "" {
			if _, err := time.LoadLocation(name); err == nil {
				return name
			}
		}
	}
	return "UTC"
}
