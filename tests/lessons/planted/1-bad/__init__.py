# plant: packages
