package storage

// FileSystem looks a path up in a table of mounts.
var FileSystem = fileSystem

// Networks are the file systems that are refused.
var Networks = networks
